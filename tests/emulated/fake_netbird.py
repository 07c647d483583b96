"""The fake NetBird server as a process, and the script that it is told over HTTP."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import requests
from infra.emulated.stack import ROOT


# What the fake server answers to each token is part of it.
GOOD_TOKEN = "nbp_fakeAuditorReadsEverything00000000001"
BAD_TOKENS = {
    "token_rejected": "nbp_fakeExpiredAnswersUnauthorized0000002",
    "token_deleted": "nbp_fakeDeletedAnswersNotFound0000000003",
    "user_blocked": "nbp_fakeBlockedUserAnswersForbidden000004",
    "permission_denied": "nbp_fakeSmallRoleAnswersForbidden00000005",
}


class FakeNetBird:
    """A small network whose peers come and go as a test says."""

    def __init__(self, log: Path, peers: int = 24, seed: int = 7) -> None:
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [_binary(), "--peers", str(peers), "--seed", str(seed)], stdout=subprocess.PIPE, stderr=output, text=True
            )
        # It takes a free port, says where it listens, and nothing more.
        assert self._process.stdout
        said = self._process.stdout.readline().split()
        assert said, f"the fake NetBird ended:\n{log.read_text()}"
        self.url = said[0]

    def peers_of(self, group: str) -> list[str]:
        """The names of a group's connected peers."""
        headers = {"authorization": f"Token {GOOD_TOKEN}"}
        peers = requests.get(f"{self.url}/api/peers", headers=headers, timeout=60).json()
        return [peer["name"] for peer in peers if group in {of["name"] for of in peer["groups"]} and peer["connected"]]

    def disconnect(self, *names: str) -> None:
        """Takes peers off the network."""
        self._script("disconnect", {"peers": names})

    def connect(self, *names: str) -> None:
        """Brings peers back."""
        self._script("connect", {"peers": names})

    def switch_policy(self, name: str) -> None:
        """Switches a policy on or off."""
        self._script("policy", {"name": name})

    def set_token(self, state: str) -> None:
        """Makes the good token one that is ``expired``, or ``good`` again."""
        self._script("token", {"is": state})

    def stop(self) -> None:
        """Ends the server."""
        self._process.terminate()
        self._process.wait(timeout=10)

    def _script(self, action: str, body: dict[str, Any]) -> None:
        answer = requests.post(f"{self.url}/_fake/{action}", json=body, timeout=60)
        assert answer.ok, f"{action}: {answer.status_code} {answer.text}"


def _binary() -> str:
    built = [ROOT / "target" / profile / "fake-netbird" for profile in ("release", "debug")]
    found = [path for path in built if os.access(path, os.X_OK)]
    if not found:
        raise RuntimeError("build it: cargo build -p platform_netbird --features fake --bin fake-netbird")
    return str(max(found, key=lambda path: path.stat().st_mtime))
