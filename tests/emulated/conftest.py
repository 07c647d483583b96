"""One emulated AWS for the whole session, with the real artifacts in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_netbird import FakeNetBird
from infra.emulated.emulator import Emulator
from infra.emulated.stack import Stack, deploy
from platform_client import EMAIL, PASSWORD, Client
from receiver import Receiver


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with Emulator(tmp_path_factory.mktemp("emulated")) as emulator:
        yield emulator


@pytest.fixture(scope="session")
def stack(emulator: Emulator) -> Stack:
    return deploy(emulator)


@pytest.fixture(scope="session")
def anonymous(stack: Stack) -> Client:
    return Client(stack.api_url)


@pytest.fixture(scope="session")
def owner(stack: Stack, anonymous: Client) -> Client:
    """The first tenant's owner, made with the code that only the secret holds."""
    assert anonymous.get("/api/setup") == {"required": True, "codeRequired": True}
    anonymous.post(
        "/api/setup",
        {
            "tenantName": "HQ",
            "name": "Olive Owner",
            "email": EMAIL,
            "password": PASSWORD,
            "setupCode": stack.secret("SetupSecret"),
        },
    )
    return anonymous.log_in()


@pytest.fixture
def netbird(tmp_path: Path) -> Iterator[FakeNetBird]:
    server = FakeNetBird(tmp_path / "fake-netbird.log")
    yield server
    server.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Shows what the functions logged as errors beside a test that failed."""
    outcome = yield
    report = outcome.get_result()
    stack = getattr(item, "funcargs", {}).get("stack")
    if report.failed and isinstance(stack, Stack):
        troubles = [
            f"{operation}: {line}"
            for operation in sorted(stack.operations())
            for line in stack.logs(operation)
            if '"ERROR"' in line or '"WARN"' in line or "AccessDenied" in line
        ]
        report.sections.append(("what the functions complained of", "\n".join(troubles[-40:])))
        report.sections.append(("emulator", stack.emulator.log_tail(30)))
