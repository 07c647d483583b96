"""Where functions send frames to: in AWS the API's own host name, which leads out of the emulator."""

from __future__ import annotations

from .emulator import Emulator

_VARIABLE = "LIVE_ENDPOINT"


def endpoint(emulator: Emulator, api: str) -> str:
    """Where the emulator serves the stage of a WebSocket API."""
    return f"{emulator.url}/_aws/execute-api/{api}/ws"


def lead_here(emulator: Emulator, api: str) -> None:
    """Has functions send their frames to the emulator."""
    client = emulator.client("lambda")
    for page in client.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            variables = function.get("Environment", {}).get("Variables", {})
            if variables.get(_VARIABLE, "").startswith(f"https://{api}."):
                variables = variables | {_VARIABLE: endpoint(emulator, api)}
                client.update_function_configuration(
                    FunctionName=function["FunctionName"], Environment={"Variables": variables}
                )
