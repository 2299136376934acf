"""Looking up an insurer or a municipality while filing: by name, kana or number (照会先・照会元の検索).

Source    memo annex STEP1 ② ※1, ※3; memo 3(1).
Decides   what a clerk is told of an insurer before asking it, and why a number leads nowhere.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from inquiry.directory.insurers import IN_SCOPE, InsurerKind, check_in_scope, check_insurer_number, kind_from_number
from inquiry.directory.prefectures import PREFECTURES
from inquiry.directory.search_words import spellings_of
from inquiry.domain.check_digits import is_insurer_number
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.store.insurers import (
    Insurer,
    InsurerNumber,
    desk_serving,
    desks_in_force,
    former_names,
    gone_like,
    held_by,
    holds,
    insurers_like,
    successor_of,
)
from inquiry.store.municipalities import Municipality, SoughtMunicipality, municipalities_like, municipality
from inquiry.workflow.filing import Standing, standing
from inquiry.workflow.work import Work

OFFERED = 10


@dataclass(frozen=True, slots=True)
class Gone:
    """Why what was typed leads elsewhere: an insurer that went over into another, or a number that ended with it.

    `today` is who is asked instead, where there is somebody.
    """

    insurer: Insurer
    number: InsurerNumber | None = None
    today: Insurer | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a search led to: the insurer meant, or those that may be meant, or why there is none (an error's code).

    `gone` says why those that are offered bear another name or number than what was typed.
    """

    chosen: Standing | None = None
    offered: tuple[Standing, ...] = ()
    refusal: str = ""
    gone: Gone | None = None


def search(work: Work, text: str) -> Choice:
    """Offer the insurers whose number, name or kana holds the text, with what the two lists say of them.

    Instead of an insurer that went over into another, or a number that ended, stands who is asked today: first, where
    the text is the whole name of the one that is gone, since another whose name only holds it is another insurer.
    """
    spellings = spellings_of(text)
    if not spellings:
        return Choice()
    number = _digits(text)
    if is_insurer_number(number) and (periods := held_by(work.session, number)):
        return _holder(work, number, periods)
    found = insurers_like(work.session, spellings, limit=OFFERED)
    gone = gone_like(work.session, spellings, limit=OFFERED)
    meant = _bearing(work, gone, spellings)
    if meant or not found:
        first = (meant or gone)[:1]
        return Choice(offered=_standing_today(work, [*first, *found]), gone=_gone(work, first[0]) if first else None)
    # A part of a name leads to those that may be asked under it; who is gone says for itself that it went over.
    offered = [*found, *(each for each in gone if each.successor_id is not None)]
    return Choice(offered=_standing_today(work, offered)[:OFFERED])


def _bearing(work: Work, insurers: list[Insurer], spellings: list[str]) -> list[Insurer]:
    """Return of these insurers those whose whole name or kana, now or before, is what was typed."""
    former = former_names(work.session, [each.id for each in insurers])
    return [each for each in insurers if not {each.name, each.kana, *former.get(each.id, ())}.isdisjoint(spellings)]


def insurers_of(work: Work, ids: Iterable[str]) -> tuple[Standing, ...]:
    """Return of these ids the insurers that may be asked, each once; another organisation's id is passed over."""
    found = [insurer for each in dict.fromkeys(ids) if (insurer := work.session.get(Insurer, each)) is not None]
    in_scope = [each for each in found if InsurerKind(each.kind) in IN_SCOPE]
    return _standing_today(work, in_scope[:OFFERED])


def _holder(work: Work, number: str, periods: list[InsurerNumber]) -> Choice:
    """Return who holds a number today, or who is asked instead of the one that held it last."""
    today = next((each for each in periods if holds(each, work.today)), None)
    begun = [each for each in periods if each.valid_from <= work.today]
    last = today or (begun or periods)[-1]
    is_gone = today is None or last.insurer.successor_id is not None
    offered = _standing_today(work, [last.insurer], number="" if is_gone else number)
    return Choice(offered=offered, gone=_gone(work, last.insurer, last) if is_gone else None)


def _gone(work: Work, insurer: Insurer, number: InsurerNumber | None = None) -> Gone:
    last = successor_of(work.session, insurer)
    return Gone(insurer, number, last if _has_desk(work, last) else None)


def _standing_today(work: Work, insurers: list[Insurer], *, number: str = "") -> tuple[Standing, ...]:
    today: dict[Insurer, tuple[str, ...]] = {}
    for each in insurers:
        last = successor_of(work.session, each)
        today[last] = today.get(last, ()) + ((each.name,) if last is not each else ())
    former = former_names(work.session, [each.id for each in today])
    return tuple(
        replace(standing(work, each.id, number=number), former_names=tuple(former.get(each.id, ())), took_over=names)
        for each, names in today.items()
        if _has_desk(work, each)
    )


def _has_desk(work: Work, insurer: Insurer) -> bool:
    return desk_serving(desks_in_force(work.session, insurer.id), "") is not None


def choose(work: Work, text: str, *, insurer_id: str, number: str = "", desk: int = 0) -> Choice:
    """Return the insurer with this id if the text still names it, else what the text leads to.

    A name typed over an earlier choice must not go to the insurer chosen before.
    """
    if insurer_id:
        try:
            stands = standing(work, insurer_id, number=number, desk=desk)
        except (InvalidValue, Forbidden) as error:
            return _instead(work, insurer_id, error.code)
        if not text.strip() or text.strip() == stands.insurer.name:
            return Choice(chosen=stands)
    if not text.strip():
        return Choice(refusal="filing:insurer_missing")
    sought = search(work, text)
    if len(sought.offered) == 1 and sought.gone is None and is_insurer_number(_digits(text)):
        # A whole insurer number names one insurer; the check page shows which.
        only = sought.offered[0]
        return Choice(chosen=standing(work, only.insurer.id, number=only.number))
    if sought.offered:
        return sought
    return Choice(refusal=why_none(text), gone=sought.gone)


def _instead(work: Work, insurer_id: str, code: str) -> Choice:
    """Return who is asked instead of an insurer that was chosen before it went over into another."""
    insurer = work.session.get(Insurer, insurer_id)
    if insurer is None or insurer.successor_id is None:
        return Choice(refusal=code)
    return Choice(offered=_standing_today(work, [insurer]), refusal=code, gone=_gone(work, insurer))


def _digits(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace("-", "")


def why_none(text: str) -> str:
    """Return the code that says why a text leads to no insurer: its kind is not asked this way, or it is unknown."""
    number = _digits(text)
    if not number.isdigit():
        return "filing:insurer_unknown"
    try:
        check_insurer_number(number)
        check_in_scope(InsurerKind(kind_from_number(number)))
    except (InvalidValue, Forbidden) as error:
        return error.code
    return "filing:insurer_not_listed"


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """What a search for a municipality led to; names repeat, so each is shown with its prefecture."""

    chosen: Municipality | None = None
    offered: tuple[Municipality, ...] = ()
    refusal: str = ""


def full_name(place: Municipality) -> str:
    """Return a name with its prefecture, by which namesakes are told apart."""
    return place.name if place.name == place.prefecture else place.prefecture + place.name


def places(work: Work, text: str) -> list[Municipality]:
    """Return the municipalities whose code, name or kana holds the text, prefecture or not."""
    found: dict[str, Municipality] = {}
    for spelling in spellings_of(text):
        prefecture = next((each for each in PREFECTURES if spelling.startswith(each)), "")
        rest = spelling.removeprefix(prefecture)
        sought = SoughtMunicipality([rest] if rest else [], prefecture)
        rows, _total = municipalities_like(work.session, sought, limit=OFFERED)
        found |= {row.code: row for row in rows}
    return list(found.values())[:OFFERED]


def places_of(work: Work, codes: Iterable[str]) -> list[Municipality]:
    """Return the municipalities with these codes, each once; another organisation's id is passed over."""
    found = (municipality(work.session, code) for code in dict.fromkeys(codes))
    return [place for place in found if place is not None][:OFFERED]


def choose_place(work: Work, text: str, *, code: str) -> PlaceChoice:
    """Return the municipality with this code if the text still names it, else what the text leads to."""
    place = municipality(work.session, code) if code else None
    if place is not None and text.strip() in ("", full_name(place)):
        return PlaceChoice(chosen=place)
    if not text.strip():
        return PlaceChoice(refusal="filing:municipality_unknown")
    offered = places(work, text)
    return PlaceChoice(offered=tuple(offered)) if offered else PlaceChoice(refusal="filing:municipality_not_found")
