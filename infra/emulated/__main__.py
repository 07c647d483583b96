"""``python -m infra.emulated up``: the platform in an emulated AWS, until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys

from .emulator import Emulator
from .mail import inbox_url
from .stack import deploy


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.emulated", description=__doc__)
    parser.add_argument("command", choices=["up"])
    parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Emulator() as emulator:
            stack = deploy(emulator)
            print(f"API         {stack.api_url}/api/health")
            print(f"Setup code  {stack.secret('SetupSecret')}")
            print(f"Mail        {inbox_url(emulator)}")
            print(f"AWS         export AWS_ENDPOINT_URL={emulator.url} AWS_DEFAULT_REGION=us-east-1")
            print("            export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test")
            print(f"Log         {emulator.log}")
            print("Ctrl-C ends it.", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        return 0
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
