"""One mail as bytes, made once and never changed: what is tried again is the same mail (メールの作成).

Decides   what a kind of mail carries: an answer only inside a locked file; nothing else goes with it, and whatever is
          written in the clear holds neither a My Number nor a password.
Not here  sentences: templates/mail/. Whom to write to, and when: workflow/.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from typing import Final

from inquiry.domain.calendar import JST
from inquiry.domain.errors import Forbidden
from inquiry.mail.server import MailServer
from inquiry.mail.wording import MailWording
from inquiry.security import guard
from inquiry.security.extraction import text_of
from inquiry.security.locked_file import is_locked
from inquiry.security.passphrases import holds_passphrase


class Kind(StrEnum):
    """What a mail is for; each has its template ``mail/<kind>.txt``."""

    LOCKED_FILE = "locked_file"  # パスワード付きファイルでの回答
    REMINDER = "reminder"  # 督促の通知
    DIRECTORY_CHANGE = "directory_change"  # 番号の変更の通知
    DIRECTORY_ADDITION = "directory_addition"  # 新しい窓口の通知


# They say that something waits in the system, and nothing else.
NOTICES: Final = frozenset({Kind.REMINDER, Kind.DIRECTORY_CHANGE, Kind.DIRECTORY_ADDITION})


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A file that opens with its password only; nothing else can be made into one."""

    name: str
    media_type: str
    content: bytes

    def __post_init__(self) -> None:
        if not is_locked(self.content):
            raise Forbidden("mail:file_not_locked")


@dataclass(frozen=True, slots=True)
class Notice:
    """A document in the clear, which therefore says nothing personal: a letter about an inquiry, a list of offices."""

    name: str
    media_type: str
    content: bytes


Attachment = LockedFile | Notice
_CARRIES: Final[Mapping[Kind, type[Attachment] | type[None]]] = {
    Kind.LOCKED_FILE: LockedFile,
    Kind.REMINDER: type(None),
    Kind.DIRECTORY_CHANGE: type(None),
    Kind.DIRECTORY_ADDITION: type(None),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail as its writer orders it: `facts` go into the words of its kind, `unsaid` stands nowhere in the clear."""

    kind: Kind
    to: str
    facts: Mapping[str, str]
    attachment: Attachment | None = None
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Post:
    """What mail is made with and sent by: the operator's server and the templates."""

    server: MailServer
    wording: MailWording

    def compose(self, draft: Draft, *, mail_id: str, at: datetime) -> bytes:
        """Return a mail as the bytes that are sent, however often it is tried.

        Its id and time are fixed when it is written: by the id a receiver, and a report of failure, know it again.
        :raises Forbidden: if the kind does not carry such an attachment, or a password or something personal would be
            said in the clear.
        :raises MyNumberFound: if a My Number would be.
        """
        if not isinstance(draft.attachment, _CARRIES.get(draft.kind, Notice | None)):
            raise Forbidden("mail:other_attachment")
        words = self.wording.of(draft.kind, draft.facts)
        _check_clear({"subject": words.subject, "body": words.body, **_in_the_clear(draft.attachment)}, draft.unsaid)
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(addr_spec=self.server.sender)
        message["To"] = Address(addr_spec=draft.to)
        message["Subject"] = words.subject
        message["Date"] = format_datetime(at.astimezone(JST))
        message["Message-ID"] = f"<{mail_id}@{self.server.domain}>"
        # No machine is to answer: what comes back is a report of failure, or a person.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words.body, charset="utf-8", cte="base64")
        if draft.attachment is not None:
            main, _, sub = draft.attachment.media_type.partition("/")
            name = draft.attachment.name
            message.add_attachment(draft.attachment.content, maintype=main, subtype=sub, filename=name)
            message.set_boundary(f"=_{mail_id}")
        return message.as_bytes()


def _in_the_clear(attachment: Attachment | None) -> dict[str, str]:
    if attachment is None:
        return {}
    text = text_of(attachment.name, attachment.content) if isinstance(attachment, Notice) else ""
    return {"attachment": attachment.name, "document": text}


def _check_clear(texts: Mapping[str, str], unsaid: frozenset[str]) -> None:
    guard.enforce(texts)
    # However a name is spaced, and wherever a line ends.
    closed_up = {"".join(text.split()) for text in texts.values()}
    if any(holds_passphrase(text) for text in texts.values()):
        raise Forbidden("mail:holds_password")
    if any("".join(word.split()) in text for word in unsaid for text in closed_up):
        raise Forbidden("mail:personal")
