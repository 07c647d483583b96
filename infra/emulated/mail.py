"""Reads what the functions gave to SES."""

from __future__ import annotations

from dataclasses import dataclass

import requests

from .emulator import ACCOUNT_ID, Emulator


@dataclass(frozen=True)
class Mail:
    """One message, as SES would have sent it."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str


def inbox_url(emulator: Emulator) -> str:
    """Lists every message, for a human with a browser."""
    return f"{emulator.url}/_ministack/ses/messages?account={ACCOUNT_ID}"


def inbox(emulator: Emulator, recipient: str) -> list[Mail]:
    """The messages to `recipient`, oldest first."""
    messages = requests.get(inbox_url(emulator), timeout=10).json()["messages"].get(ACCOUNT_ID, [])
    mails = [
        Mail(
            sender=message["Source"],
            recipients=tuple(message["To"]),
            subject=message["Subject"],
            text=message["BodyText"] or "",
            html=message["BodyHtml"] or "",
        )
        for message in messages
    ]
    return [mail for mail in mails if any(recipient in to for to in mail.recipients)]
