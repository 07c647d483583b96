"""MiniStack as a child process on a free loopback port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
import requests
from botocore.config import Config

REGION = "us-east-1"
ACCOUNT_ID = "000000000000"

# Starting a service costs memory and, for some, a port; these are the ones that the template uses.
SERVICES = (
    "apigateway,cloudformation,cloudfront,dynamodb,iam,lambda,logs,monitoring,s3,scheduler,secretsmanager,ses,sns,sqs,sts,wafv2"
)

# What reads templates is started with this on its path.
YAML_IN_C = Path(__file__).with_name("yaml_in_c")
_PROGRAM = Path(__file__).with_name("as_aws.py")


class Emulator:
    """An emulated AWS account. Use as a context manager, or call ``start`` and ``stop``."""

    def __init__(self, directory: Path | None = None) -> None:
        """Keeps the emulator's log and scratch files in `directory`, or in one of its own that ends with it."""
        self._owns_directory = directory is None
        self.directory = directory or Path(tempfile.mkdtemp(prefix="emulated-aws-"))
        self.directory.mkdir(parents=True, exist_ok=True)
        self.log = self.directory / "emulator.log"
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where every emulated service answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, timeout_seconds: float = 300) -> Self:
        """Starts MiniStack and waits until it answers.

        The emulator hands its own environment to the functions, so it gets a small one: a function that reads a
        variable which the template does not set must fail here as it would in AWS. With ``AUTH`` every call that a
        function makes is held against its role.
        """
        deadline = time.monotonic() + timeout_seconds
        # Somebody may take a port between finding it free and listening on it.
        while not self._starts(deadline):
            if time.monotonic() > deadline or "already in use" not in self.log_tail():
                raise RuntimeError(f"the emulator did not start; its log ends:\n{self.log_tail()}")
        self.client("sesv2").put_account_details(
            MailType="TRANSACTIONAL", WebsiteURL="https://example.com", ProductionAccessEnabled=True
        )
        return self

    def _starts(self, deadline: float) -> bool:
        """Whether it answers on a free port until then; it is stopped if it does not."""
        self.port = _free_port()
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(YAML_IN_C),
            "HOME": str(self.directory),
            "TMPDIR": str(self.directory),
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "SERVICES": SERVICES,
            "IOT_MTLS_ENABLED": "0",
            "AUTH": "true",
            "MINISTACK_REGION": REGION,
            "AWS_ENDPOINT_URL": self.url,
            "LAMBDA_EXECUTOR": "local",
            "LAMBDA_WARM_TTL_SECONDS": "120",
        }
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_PROGRAM)], env=environment, cwd=self.directory, stdout=log, stderr=log
            )
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                return False
            time.sleep(0.1)
        return True

    def stop(self) -> None:
        """Ends the emulator and, with it, the functions that it runs."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        # The functions' unpacked code: hundreds of megabytes that nobody asks for afterwards, unlike the log.
        for code in self.directory.glob("ministack-*"):
            shutil.rmtree(code, ignore_errors=True)

    def remove(self) -> None:
        """Removes the scratch directory if it is the emulator's own."""
        if self._owns_directory:
            shutil.rmtree(self.directory, ignore_errors=True)

    def client(self, service: str) -> Any:
        """A boto3 client of the account's owner."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 1}, read_timeout=600),
        )

    def cli_environment(self) -> dict[str, str]:
        """Points the AWS command line at the emulator."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.directory),
            "AWS_ENDPOINT_URL": self.url,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_PAGER": "",
        }

    def log_tail(self, lines: int = 60) -> str:
        """The end of the emulator's log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/_ministack/health", timeout=2).ok
        except requests.RequestException:
            return False

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self.remove()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
