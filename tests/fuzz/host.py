"""The local host as a process, in a folder of its own, with one owner in it."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

ROOT = Path(__file__).resolve().parents[2]
EMAIL = "owner@fuzz.example"
PASSWORD = "a passphrase that nobody guesses"
_STARTS_WITHIN = 60

# Guesses and requests are counted by the address that they come from: the fuzzer has one, whoever signs in for it another.
FUZZER_ADDRESS = "127.0.0.2"
OWNER_ADDRESS = "127.0.0.3"


class From(HTTPAdapter):
    """Connects from one of this machine's loopback addresses."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        super().init_poolmanager(*sizes, source_address=(self._address, 0), **options)


def client(address: str) -> requests.Session:
    """Asks from `address`."""
    session = requests.Session()
    session.mount("http://", From(address))
    return session


class Host:
    """The platform, until stopped."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "host.log"
        settings = {
            "PORT": port,
            "DATA_DIR": folder / "data",
            "DEMO": 0,
            "ADMIN_EMAIL": EMAIL,
            "ADMIN_PASSWORD": PASSWORD,
            "TICK_SECONDS": 3600,
            "PATH": os.environ.get("PATH", os.defpath),
        }
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [ROOT / "target/debug/netbird-platform"],
                cwd=ROOT,
                env={name: str(value) for name, value in settings.items()},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _STARTS_WITHIN
        while not self.is_up():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the local host did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            return client(OWNER_ADDRESS).get(f"{self.url}/api/health", timeout=2).ok
        except requests.RequestException:
            return False

    def sign_in(self) -> str:
        """A new session of the owner."""
        return self._post("/api/auth/login", {"email": EMAIL, "password": PASSWORD})["accessToken"]

    def make_token(self, session: str) -> str:
        """An API token that may do all that the owner may."""
        headers = {"authorization": f"Bearer {session}"}
        profile = client(OWNER_ADDRESS).get(f"{self.url}/api/auth/profile", headers=headers, timeout=30).json()
        wanted = {"name": "Fuzzer", "scopes": profile["permissions"], "expiresInDays": 1}
        return self._post("/api/tokens", wanted, headers)["token"]

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait(timeout=30)

    def _post(self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
        answer = client(OWNER_ADDRESS).post(self.url + path, json=body, headers=headers, timeout=30)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()
