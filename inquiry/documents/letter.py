"""What stands in a letter or a file (文書の記載事項).

Source    memo annex STEP2 ⑤ ⅱ-ⅲ, STEP2 ④ 留意事項; annex flowchart 「該当者なし」「追加情報を求め」; memo 3(2).
Decides   nothing: the disclosure gate has let these facts pass, and they are told as they are.
Not here  sentences: templates/letters/ and documents/phrases.py. The gate: domain/reply.py.
Secrets   what holds personal data has no telling `repr`, so that no trace of an error shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum

from inquiry.domain.correction import Cause
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex

ItemValue = str | date


class LetterKind(StrEnum):
    """What a letter is for; the first three are what the gate calls a reply, by the same words."""

    ANSWER = "answer"  # 回答書
    NOT_FOUND = "not_found"  # 回答書（該当者なし）
    DATES_REQUEST = "dates_request"  # 追加情報の依頼
    JOINT_ANSWER = "joint_answer"  # 回答書（複数の照会）
    DELAY = "delay"  # 回答遅延の連絡
    APOLOGY = "apology"  # お詫び（回答の取消し）
    INQUIRY_SHEET = "inquiry_sheet"  # 照会書
    REMINDER = "reminder"  # 督促（医療保険者へ）
    REPORT = "report"  # 協力の要請（所管課・ＰＭＯへ）


class Envelope(StrEnum):
    """The window through which the addressee is seen (窓付き封筒)."""

    LONG_3 = "long3"  # 長形３号
    DL = "dl"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The part of a letter that an office may word itself (文面); version 0 is the product's own."""

    subject: str
    body: str
    remark: str
    version: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Letterhead:
    """How an office signs: the picture of its seal (公印) as PNG, or none, and the envelope it uses."""

    seal: bytes = b""
    envelope: Envelope = Envelope.LONG_3


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Addressee:
    """Who receives it (宛先): the organisation, and where known its section and person."""

    organisation: str
    section: str = ""
    person: str = ""
    postal_code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The office that writes (発信者), with the desk that takes questions."""

    organisation: str
    desk: str
    telephone: str
    postal_code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Which inquiry a letter is about, without the person: number, day and procedure."""

    number: str
    filed_on: date
    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asked(Reference):
    """An inquiry with the person it asks about, as it was filed."""

    name: PersonName
    birth_date: PartialDate
    sex: Sex


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """One item asked and its value; an empty value is printed as a dash. `code` is its place in the catalogue."""

    label: str
    value: ItemValue
    code: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The answer that this one replaces (差替え): its date, and its number unless it was told by telephone."""

    dated_on: date
    number: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """How a reader finds out whether the letter is genuine: its 確認番号 in groups, and the page that asks for it.

    `address` is empty where the operator named none; `scanned` is what the QR code says, the same page with the number.
    """

    number: str
    address: str = ""
    scanned: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Delay:
    """That checking takes time: until when, and why (回答遅延)."""

    expected_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Retracted:
    """The answer that was taken back, and the word for why (回答の取消し)."""

    answer: Replaced
    cause: Cause


@dataclass(frozen=True, slots=True)
class Overdue:
    """An insurer that owes an answer, or refused it (督促の対象)."""

    insurer: str
    due_at: datetime
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Wanted:
    """What a 照会書 asks beside the items: how the answer shall come, and what else is known of the person."""

    channel: Channel
    reason: str
    needed_by: date | None = None
    network_reference: str = ""
    alias: PersonName = field(default_factory=PersonName)
    former_name: PersonName = field(default_factory=PersonName)
    address: str = ""
    symbol: str = ""
    number: str = ""
    note: str = ""
    fax: str = ""


Facts = Delay | Retracted | Overdue | Wanted


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Case:
    """What a letter says about one inquiry.

    `items` are told in an answer only; `roster_on` is the date of the roster in which nobody was found; `replaces` is
    the answer that was taken back.
    """

    kind: LetterKind
    inquiry: Reference
    items: tuple[Item, ...] = ()
    roster_on: date | None = None
    replaces: Replaced | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Letter(Case):
    """A letter: its own case, `further` ones that share the paper, and what its kind needs beside them.

    `reply_by` asks for the dates in time; without `phrases` the product's own are printed.
    """

    number: str
    dated_on: date
    addressee: Addressee
    sender: Sender
    letterhead: Letterhead = field(default_factory=Letterhead)
    phrases: Phrases | None = None
    reply_by: date | None = None
    facts: Facts | None = None
    proof: Proof | None = None
    further: tuple[Case, ...] = ()

    @property
    def form(self) -> LetterKind:
        """Return the kind of paper: answers to several inquiries have one of their own."""
        return LetterKind.JOINT_ANSWER if self.further else self.kind

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return everything the letter says, inquiry by inquiry."""
        return (self, *self.further)

    @property
    def is_personal(self) -> bool:
        """Say whether anybody is named: such a letter is for the addressee's eyes alone (親展)."""
        return any(isinstance(case.inquiry, Asked) for case in self.cases)

    @property
    def wording_version(self) -> int:
        """Return the version of the wording it is made with; 0 is the product's own."""
        return self.phrases.version if self.phrases else 0

    def texts(self) -> Iterator[str]:
        """Yield every text that comes from outside, for the guard and for the fonts."""
        yield self.number
        for part in (self.addressee, self.sender, self.phrases, self.facts):
            yield from _texts_in(part)
        if self.proof is not None:
            yield from (self.proof.number, self.proof.address)
        for case in self.cases:
            yield from _texts_in(case.inquiry)
            yield from _texts_in(case.replaces)
            for item in case.items:
                yield from _texts_in(item)


def _texts_in(part: object) -> Iterator[str]:
    """Yield the texts of a part, and of the parts within it; words of our own lists are none."""
    if isinstance(part, str):
        if not isinstance(part, StrEnum):
            yield part
    elif hasattr(part, "__dataclass_fields__"):
        for each in fields(part):  # type: ignore[arg-type]  # asked for in the line above
            yield from _texts_in(getattr(part, each.name))
