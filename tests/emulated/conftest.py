"""One emulated AWS for the whole session, with the deployed functions in it."""

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
    assert anonymous.get("/api/setup") == {"required": True, "codeRequired": True, "signUp": True}
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
    """Shows beside a test that failed what the functions complained of, and all that the function under test said."""
    outcome = yield
    report = outcome.get_result()
    stack = getattr(item, "funcargs", {}).get("stack")
    if not report.failed or not isinstance(stack, Stack):
        return
    operation = item.funcargs.get("operation")
    if operation in stack.operations():
        report.sections.append((f"log of {operation}", "\n".join(stack.logs(operation, limit=20))))
    complaints = [f"{name}: {line}" for name in sorted(stack.operations()) for line in stack.complaints(name)]
    report.sections.append(("what the functions complained of", "\n".join(complaints[-40:])))
    report.sections.append(("end of the emulator's log", stack.emulator.log_tail(30)))
