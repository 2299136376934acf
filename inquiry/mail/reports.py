"""Reports of failure as other servers send them back (不達通知).

Source    RFC 3464 (delivery status notifications), RFC 6522 (multipart/report).
Decides   which mail of ours a report is about, and that only a failure for good counts: a delay is no failure.
Not here  what follows: workflow/outbox.py. A report may be anybody's work: its text is shown to nobody, and without
          the id of a mail of ours it changes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Final

_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_FAILED: Final = "failed"
_UNKNOWN_STATUS: Final = "5.0.0"


@dataclass(frozen=True, slots=True)
class Report:
    """That a mail of ours did not arrive: its id, and the status of RFC 3463."""

    mail_id: str
    status: str


def read_report(content: bytes) -> Report | None:
    """Return what a message says about a mail of ours that did not arrive; None for any other message."""
    message = message_from_bytes(content)
    if message.get_content_type() != "multipart/report":
        return None
    blocks = list(_status_blocks(message))
    failed = next((block for block in blocks if _word(block, "Action").lower() == _FAILED), None)
    mail_id = _mail_id(message, blocks)
    if failed is None or not mail_id:
        return None
    status = _STATUS.search(_word(failed, "Status"))
    return Report(mail_id, status[0] if status else _UNKNOWN_STATUS)


def _status_blocks(message: Message) -> Iterator[Message]:
    """Yield the blocks of the second part: the first about the mail, the others each about a recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            yield from (block for block in payload if isinstance(block, Message)) if isinstance(payload, list) else ()


def _mail_id(message: Message, blocks: list[Message]) -> str:
    named = [_word(block, "Original-Envelope-Id") for block in blocks]
    named += [_word(head, "Message-ID") for head in _heads(message)]
    return next((found[0] for text in named if (found := _ID.search(text))), "")


def _heads(message: Message) -> Iterator[Message]:
    """Yield the head of the mail that came back, whole or by itself."""
    for part in message.walk():
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            yield from (each for each in payload if isinstance(each, Message))
        elif part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            yield message_from_bytes(content if isinstance(content, bytes) else b"")


def _word(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).split())
