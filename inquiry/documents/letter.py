"""What stands in a letter or a file to the inquirer (回答書の記載事項).

Source    memo annex STEP2 ⑤ ⅱ-ⅲ; annex flowchart 「該当者なし」「追加情報を求め」.
Decides   nothing: the disclosure gate has let these facts pass, and they are told as they are.
Not here  sentences: templates/letters/. The gate: domain/reply.py.
Secrets   what holds personal data has no telling `repr`, so that no trace of an error shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ReplyKind
from inquiry.domain.subject import PersonName, Sex

ItemValue = str | date


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
    """The insurer that answers (発信者), with the desk that takes questions."""

    insurer: str
    desk: str
    telephone: str
    postal_code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answered:
    """The inquiry that is answered, as it was filed."""

    number: str
    filed_on: date
    procedure: str
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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Letter:
    """A reply in writing.

    `items` are told in an answer only; `reply_by` asks for the dates in time; `roster_on` is the date of the roster
    in which nobody was found; `replaces` is the answer that was taken back.
    """

    kind: ReplyKind
    number: str
    dated_on: date
    addressee: Addressee
    sender: Sender
    inquiry: Answered
    items: tuple[Item, ...] = ()
    reply_by: date | None = None
    roster_on: date | None = None
    replaces: Replaced | None = None
    proof: Proof | None = None

    def texts(self) -> Iterator[str]:
        """Yield every text that comes from outside, for the guard and for the fonts."""
        to, by, asked = self.addressee, self.sender, self.inquiry
        yield from (self.number, to.organisation, to.section, to.person, to.postal_code, to.address)
        yield from (by.insurer, by.desk, by.telephone, by.postal_code, by.address)
        yield from (asked.number, asked.procedure, asked.name.written, asked.name.kana)
        if self.replaces is not None:
            yield self.replaces.number
        if self.proof is not None:
            yield from (self.proof.number, self.proof.address)
        for item in self.items:
            yield item.label
            if isinstance(item.value, str):
                yield item.value
