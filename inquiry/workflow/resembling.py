"""What was typed and resembles an entry of the directories, shown and noted for PMO staff (似た番号・名称).

Source    memo annex STEP2 ⑤ ⅰ (なりすまし防止).
Decides   whose numbers a typed one is compared with, and when PMO staff are told. A clerk who filed in the system is
          known, so a number near their own main line is their extension and no sign of anybody else.
Not here  likeness itself: directory/look_alikes.py, neighbours.py, like_domains.py, like_names.py.
          What PMO staff make of it: suspicions.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from inquiry.directory.amendments import NAMED, NOTICE_ADDRESS
from inquiry.directory.contacts import CellChange
from inquiry.directory.like_domains import IMITATIONS, likeness_of
from inquiry.directory.like_names import are_alike
from inquiry.directory.look_alikes import differences, digits_of
from inquiry.directory.mail_domain import domain_of
from inquiry.directory.neighbours import copied_tail_of, neighbours_of
from inquiry.domain.parties import Entrance, Inquirer, MunicipalityCode
from inquiry.store.amendments import Amendment
from inquiry.store.directory_numbers import Owner, domains_of_municipalities, names_of_insurers, owners_of
from inquiry.store.inquiries import Inquiry
from inquiry.workflow.suspicions import Kind, Sign, open_sign
from inquiry.workflow.work import Work

_NUMBERS = frozenset({"電話番号", "FAX", "代表電話番号"})
_LONGEST = 200
_DOMAINS = frozenset({"メールドメイン", NOTICE_ADDRESS})


class Likened(StrEnum):
    """What resembles."""

    NUMBER = "number"
    DOMAIN = "domain"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What was typed, the true one it resembles, and whose that is."""

    seen: str
    true: str
    owner: Owner
    what: Likened = Likened.NUMBER


def numbers_like(work: Work, heard: str, *, besides: str = "") -> list[Resemblance]:
    """Return whose numbers one that was typed resembles; `besides` is an owner that is compared elsewhere.

    A number that stands in a directory is its owner's, and resembles nobody's.
    """
    number = digits_of(heard)
    if not number or owners_of(work.session, [number]):
        return []
    found = owners_of(work.session, neighbours_of(number), tail=copied_tail_of(number))
    return [Resemblance(number, owner.number, owner) for owner in found if owner.id != besides]


def whose(work: Work, heard: str, *, besides: str = "") -> list[Owner]:
    """Return who else is reached in either directory under exactly the number that was typed."""
    number = digits_of(heard)
    return [owner for owner in owners_of(work.session, [number]) if owner.id != besides] if number else []


def domains_like(work: Work, domain: str, *, besides: str = "") -> list[Resemblance]:
    """Return whose mail domains one that was typed imitates."""
    others = (owner for owner in domains_of_municipalities(work.session) if owner.id != besides)
    alike = (owner for owner in others if likeness_of(domain, owner.number) in IMITATIONS)
    return [Resemblance(domain, owner.number, owner, Likened.DOMAIN) for owner in alike]


def names_like(work: Work, name: str, *, besides: str) -> list[Resemblance]:
    """Return whose names one that was typed resembles."""
    others = (owner for owner in names_of_insurers(work.session) if owner.id != besides)
    return [Resemblance(name, owner.name, owner, Likened.NAME) for owner in others if are_alike(name, owner.name)]


def what_is_like(work: Work, inquirer: Inquirer) -> list[Resemblance]:
    """Return what the number and the mail address imitate that came with an inquiry."""
    found = numbers_like(work, inquirer.telephone, besides=inquirer.municipality_code)
    return found + (domains_like(work, domain_of(inquirer.mail_address)) if inquirer.mail_address else [])


def note_inquiry(work: Work, inquiry: Inquiry) -> None:
    """Note for PMO staff that the number or the mail address which came with an inquiry resembles a true one."""
    heard, true = inquiry.heard_telephone, inquiry.municipality.main_line
    found = what_is_like(work, heard_from(inquiry))
    if inquiry.entrance != Entrance.SYSTEM and true and differences(heard, true).is_look_alike:
        found.append(Resemblance(heard, true, Owner(true, inquiry.municipality_code, inquiry.municipality.name)))
    for each in found:
        open_sign(work, Kind.LOOK_ALIKE, _sign(each), inquiry=inquiry)


def heard_from(inquiry: Inquiry) -> Inquirer:
    """Return what whoever asks told of themselves."""
    code = MunicipalityCode(inquiry.municipality_code)
    return Inquirer(code, inquiry.section, inquiry.person, inquiry.heard_telephone, inquiry.heard_mail)


def note_amendment(work: Work, amendment: Amendment, cells: tuple[CellChange, ...]) -> None:
    """Note for PMO staff that what a change would put into a directory resembles a true one: another's, or the old."""
    others = in_cells(work, cells, besides=amendment.insurer_id or amendment.municipality_code or "")
    note_resemblances(work, amendment, (*others, *_like_the_old(amendment, cells)))


def note_resemblances(work: Work, amendment: Amendment, found: Iterable[Resemblance]) -> None:
    """Note for PMO staff what a change would put into a directory that resembles a true one."""
    for each in found:
        open_sign(work, Kind.LOOK_ALIKE, _sign(each), amendment=amendment)


def _like_the_old(amendment: Amendment, cells: tuple[CellChange, ...]) -> Iterator[Resemblance]:
    holder = amendment.insurer or amendment.municipality
    name = holder.name if holder is not None else ""
    for cell in cells:
        old = digits_of(cell.old) if cell.column in _NUMBERS else ""
        if old and differences(cell.new, old).is_look_alike:
            yield Resemblance(digits_of(cell.new), old, Owner(old, "", name))


def in_cells(work: Work, cells: tuple[CellChange, ...], *, besides: str) -> list[Resemblance]:
    """Return what a change would put into a directory that resembles somebody else's."""
    numbers = [numbers_like(work, cell.new, besides=besides) for cell in cells if cell.column in _NUMBERS and cell.new]
    typed = [domain_of(cell.new) for cell in cells if cell.column in _DOMAINS]
    domains = [domains_like(work, domain, besides=besides) for domain in typed if domain]
    names = [names_like(work, cell.new, besides=besides) for cell in cells if cell.column in NAMED and cell.new]
    return [each for found in (*numbers, *domains, *names) for each in found]


def owners_in(work: Work, cells: tuple[CellChange, ...], *, besides: str) -> list[Owner]:
    """Return who else is reached under exactly a number that a change would put into a directory."""
    return [owner for cell in cells if cell.column in _NUMBERS for owner in whose(work, cell.new, besides=besides)]


def _sign(resemblance: Resemblance) -> Sign:
    return Sign(resemblance.seen[:_LONGEST], resemblance.true[:_LONGEST], resemblance.owner.name)
