"""What was typed and resembles an entry of the directories, shown and noted for PMO staff (似た番号・名称).

Source    memo annex STEP2 ⑤ ⅰ (なりすまし防止).
Decides   whose numbers and names a typed one is compared with: those of both directories and of the ministry's desks,
          whose number an impostor's came near in 2024; and when PMO staff are told. A clerk who filed in the system is
          known, so a number near their own main line is their extension and no sign of anybody else.
Not here  likeness itself: directory/look_alikes.py, neighbours.py, like_domains.py, like_names.py.
          What PMO staff make of it: suspicions.py.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from inquiry.directory import like_domains, like_names
from inquiry.directory.amendments import NAMED, NOTICE_ADDRESS
from inquiry.directory.contacts import CellChange
from inquiry.directory.like_names import NameLikeness, OrganisationName
from inquiry.directory.look_alikes import differences, digits_of
from inquiry.directory.mail_domain import domain_of
from inquiry.directory.neighbours import copied_tail_of, neighbours_of
from inquiry.directory.supervisors import SupervisingDesk
from inquiry.domain.parties import Entrance, Inquirer, MunicipalityCode
from inquiry.matching.kanji import fold
from inquiry.store.amendments import Amendment
from inquiry.store.directory_numbers import (
    Owner,
    domains_of_municipalities,
    names_of_insurers,
    names_of_municipalities,
    numbers_of_directories,
)
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import escalation_rules
from inquiry.workflow.suspicions import Kind, Sign, open_sign
from inquiry.workflow.work import Work

_NUMBERS = frozenset({"電話番号", "FAX", "代表電話番号"})
_LONGEST = 200
_MINISTRY = "ministry"
_MANY = "・"
_DOMAINS = frozenset({"メールドメイン", NOTICE_ADDRESS})
_BETWEEN_NAMES: Final = re.compile(r"[\s、。，,・（）()／/]+")
_NAMES_KEPT: Final = 16_384  # every true name, and those of a file of all insurers
_TAKEN: Final = like_names.IMITATIONS | {NameLikeness.SAME}
# Insurers and their branches are called after a town without imitating its town hall.
_TAKEN_FROM_OTHERS: Final = _TAKEN - {NameLikeness.OTHER_KIND}


class Likened(StrEnum):
    """What resembles."""

    NUMBER = "number"
    DOMAIN = "domain"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What was typed, the true one it resembles, and whose that is; `is_own`, if that is the same insurer's."""

    seen: str
    true: str
    owner: Owner
    what: Likened = Likened.NUMBER
    is_own: bool = False


def numbers_like(work: Work, heard: str, *, besides: str = "") -> list[Resemblance]:
    """Return whose numbers one that was typed resembles; `besides` is an owner that is compared elsewhere.

    A number under which somebody is reached is theirs, and resembles nobody's.
    """
    number = digits_of(heard)
    if not number or true_numbers(work, [number]):
        return []
    found = true_numbers(work, neighbours_of(number), tail=copied_tail_of(number))
    return [Resemblance(number, owner.number, owner) for owner in found if owner.id != besides]


def whose(work: Work, heard: str, *, besides: str = "") -> list[Owner]:
    """Return who else is reached under exactly the number that was typed."""
    number = digits_of(heard)
    return [owner for owner in true_numbers(work, [number]) if owner.id != besides] if number else []


def true_numbers(work: Work, among: Collection[str] | None = None, *, tail: str = "") -> list[Owner]:
    """Return every number under which somebody is reached, in a directory or at the ministry, and who it is.

    Where some are named, only these are, and where a tail is given too, those that end in it.
    """
    desks = escalation_rules.in_force(work).desks.values()
    numbers = {each.telephone for each in desks}
    if among is not None:
        numbers = {each for each in numbers if each in among or (tail and each.endswith(tail))}
    ministry = [Owner(number, _MINISTRY, _divisions_at(desks, number)) for number in sorted(numbers)]
    return [*numbers_of_directories(work.session, among, tail=tail), *ministry]


def _divisions_at(desks: Iterable[SupervisingDesk], number: str) -> str:
    return _MANY.join(dict.fromkeys(desk.division for desk in desks if desk.telephone == number))


def true_names(work: Work) -> list[Owner]:
    """Return every name of either directory, and of the ministry's divisions, and whose it is."""
    divisions = dict.fromkeys(desk.division for desk in escalation_rules.in_force(work).desks.values())
    ministry = [Owner("", _MINISTRY, division) for division in divisions]
    return [*names_of_insurers(work.session), *names_of_municipalities(work.session), *ministry]


def domains_like(work: Work, domain: str, *, besides: str = "") -> list[Resemblance]:
    """Return whose mail domains one that was typed imitates."""
    others = (owner for owner in domains_of_municipalities(work.session) if owner.id != besides)
    alike = (owner for owner in others if like_domains.likeness_of(domain, owner.number) in like_domains.IMITATIONS)
    return [Resemblance(domain, owner.number, owner, Likened.DOMAIN) for owner in alike]


def names_like(work: Work, text: str) -> list[Resemblance]:
    """Return whose names one that was typed resembles, or a name that stands in a longer text.

    A name that stands in a directory, however it is written, is its owner's, and resembles nobody's. A part of a name
    is what people search by, and no sign.
    """
    typed = [each for each in dict.fromkeys((text, *_BETWEEN_NAMES.split(text))) if each.strip()]
    owners = true_names(work) if typed else []
    return [found for each in typed for found in _imitated(each, owners)]


def _imitated(typed: str, owners: Iterable[Owner]) -> list[Resemblance]:
    near = [(owner, _nearness(typed, owner.name)) for owner in owners]
    if any(likeness is NameLikeness.SAME for _, likeness in near):
        return []
    imitated = [owner for owner, each in near if each in like_names.IMITATIONS and not _is_part(typed, owner.name)]
    return [Resemblance(typed, owner.name, owner, Likened.NAME) for owner in imitated]


def _is_part(typed: str, true: str) -> bool:
    return _read(typed).written in _read(true).written


def _taken_names(work: Work, name: str, *, besides: str) -> list[Resemblance]:
    """Return whose names a new one resembles or repeats."""
    others = (owner for owner in true_names(work) if owner.id != besides)
    return [Resemblance(name, each.name, each, Likened.NAME) for each in others if is_taken(name, each)]


def is_taken(name: str, owner: Owner) -> bool:
    """Say whether a new name of an insurer or a desk resembles or repeats somebody's."""
    taken = _TAKEN_FROM_OTHERS if owner.desk is None else _TAKEN
    return _nearness(name, owner.name) in taken


def name_keys(name: str) -> frozenset[str]:
    """Return keys of which a new name shares one with every name that is_taken() finds taken."""
    return _read(name).keys


def _nearness(typed: str, true: str) -> NameLikeness:
    return like_names.likeness_of(_read(typed), _read(true))


@lru_cache(maxsize=_NAMES_KEPT)
def _read(name: str) -> OrganisationName:
    return OrganisationName.of(name, folded=fold)


def what_is_like(work: Work, inquirer: Inquirer, *, named: Iterable[str] = ()) -> list[Resemblance]:
    """Return what the number and the mail address imitate that came with an inquiry, and the names in it."""
    found = numbers_like(work, inquirer.telephone, besides=inquirer.municipality_code)
    domains = domains_like(work, domain_of(inquirer.mail_address)) if inquirer.mail_address else []
    return [*found, *domains, *(each for text in named for each in names_like(work, text))]


def note_inquiry(work: Work, inquiry: Inquiry, *, named: Iterable[str] = ()) -> None:
    """Note for PMO staff that a number, mail address or name which came with an inquiry resembles a true one."""
    heard, true = inquiry.heard_telephone, inquiry.municipality.main_line
    found = what_is_like(work, heard_from(inquiry), named=named)
    if inquiry.entrance != Entrance.SYSTEM and true and differences(heard, true).is_look_alike:
        found.append(Resemblance(heard, true, Owner(true, inquiry.municipality_code, inquiry.municipality.name)))
    for each in found:
        open_sign(work, Kind.LOOK_ALIKE, _sign(each), inquiry=inquiry)


def note_names(work: Work, inquiry: Inquiry, text: str) -> None:
    """Note for PMO staff that a name in what was written down about an inquiry resembles a true one."""
    for each in names_like(work, text):
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
    names = [_taken_names(work, cell.new, besides=besides) for cell in cells if cell.column in NAMED and cell.new]
    return [each for found in (*numbers, *domains, *names) for each in found]


def owners_in(work: Work, cells: tuple[CellChange, ...], *, besides: str) -> list[Owner]:
    """Return who else is reached under exactly a number that a change would put into a directory."""
    return [owner for cell in cells if cell.column in _NUMBERS for owner in whose(work, cell.new, besides=besides)]


def _sign(resemblance: Resemblance) -> Sign:
    return Sign(resemblance.seen[:_LONGEST], resemblance.true[:_LONGEST], resemblance.owner.name[:_LONGEST])
