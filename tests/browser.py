#!/usr/bin/env python3
"""Starts the local host with its demo network on free ports and runs the browser tests against it."""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
STARTS_WITHIN = 60
STARTS = 3


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str, process: subprocess.Popen) -> bool:
    """Whether it comes up; it may also end, as when somebody took a port after it was found free."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return True
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{url} did not answer within {STARTS_WITHIN} s")


def main() -> int:
    for _ in range(STARTS):
        result = run()
        if result is not None:
            return result
    sys.exit(f"the local host ended at each of {STARTS} starts")


def run() -> int | None:
    """How the tests ended; None if the local host did, before they began."""
    with tempfile.TemporaryDirectory() as folder:
        port, demo_port = free_port(), free_port()
        base = f"http://localhost:{port}"
        settings = {"PORT": port, "DEMO_PORT": demo_port, "DEMO": 1, "DATA_DIR": folder, "TICK_SECONDS": 2}
        environment = os.environ | {name: str(value) for name, value in settings.items()}
        with open(pathlib.Path(folder) / "host.log", "w", encoding="utf-8") as log:
            host = subprocess.Popen([ROOT / "target/debug/netbird-platform"], cwd=ROOT, env=environment, stdout=log)
            try:
                if not answers(f"{base}/api/health", host):
                    return None
                secrets = json.loads((pathlib.Path(folder) / "secrets.json").read_text(encoding="utf-8"))
                login = {"BASE_URL": base, "EMAIL": "demo@example.com", "PASSWORD": secrets["demo_password"]}
                login["FAKE_NETBIRD_URL"] = f"http://127.0.0.1:{demo_port}"
                command = ["npm", "--prefix", "web", "run", "--silent", "test:story"]
                return subprocess.run(command, cwd=ROOT, env=os.environ | login, check=False).returncode
            finally:
                host.terminate()
                host.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
