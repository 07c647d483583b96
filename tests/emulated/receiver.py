"""A webhook receiver that checks signatures by the published library of Standard Webhooks, not by the platform's code."""

from __future__ import annotations

import base64
import json
import os
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError


@dataclass(frozen=True)
class Delivery:
    """One request that arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The same for every attempt of one notification."""
        return self.headers["webhook-id"]

    @property
    def payload(self) -> dict[str, Any]:
        """The body."""
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        """Whether one of the signatures is of this secret, and recent."""
        try:
            Webhook(secret).verify(self.body, self.headers)
        except WebhookVerificationError:
            return False
        return True


class Receiver:
    """Listens on a free loopback port and keeps what arrives."""

    def __init__(self) -> None:
        self.secret = "whsec_" + base64.b64encode(os.urandom(32)).decode()
        self.refused: list[Delivery] = []
        self._deliveries: list[Delivery] = []
        self._refusals = 0
        self.held: list[Delivery] = []
        self._let_go = threading.Event()
        self._let_go.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Takes deliveries."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    @property
    def chat_url(self) -> str:
        """Takes messages of a chat, which are not signed."""
        return self.url.removesuffix("hook") + "chat"

    def deliveries(self, kind: str) -> list[Delivery]:
        """What arrived so far of one type (``alert.fired``), oldest first."""
        return [delivery for delivery in list(self._deliveries) if delivery.payload.get("type") == kind]

    def chats(self) -> list[Delivery]:
        """The messages that arrived so far as in a chat, oldest first."""
        return [delivery for delivery in list(self._deliveries) if "attachments" in delivery.payload]

    def refuse_next(self) -> None:
        """Answers the next request with 503."""
        self._refusals += 1

    def hold(self) -> None:
        """Answers nothing from now on."""
        self._let_go.clear()

    def let_go(self) -> None:
        """Answers again, also what it held."""
        self._let_go.set()

    def stop(self) -> None:
        """Closes the port."""
        self.let_go()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _take(self, delivery: Delivery) -> int:
        if not self._let_go.is_set():
            self.held.append(delivery)
            self._let_go.wait()
        if self._refusals:
            self._refusals -= 1
            self.refused.append(delivery)
            return 503
        self._deliveries.append(delivery)
        return 204

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                delivery = Delivery({name.lower(): value for name, value in self.headers.items()}, body)
                if self.path == "/chat":
                    receiver._deliveries.append(delivery)
                    self.send_response(204)
                else:
                    self.send_response(receiver._take(delivery))
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler
