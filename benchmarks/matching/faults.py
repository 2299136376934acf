"""Inquiries that say something untrue, too little, or somebody else: a machine may not answer them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from benchmarks.matching import names, writing
from benchmarks.matching.cases import Allowed, Arise, Case, Chance, Trouble, about, born, full_name, renamed
from benchmarks.matching.names import Name
from benchmarks.matching.people import Origin, Person
from benchmarks.matching.spellings import in_customs, number, replaced, respelled, rewritten, symbol
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.subject import Sex, Subject

_KANA = "カキクケコサシスセソタチツテトナニハヒマミリルレ"
_OTHER_KANA = str.maketrans(_KANA, "タチヌテロタミヌセリサキシケトハミナシヤニミレル")
_VOICED = dict(zip("カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボ", strict=True))
_UNVOICED = {voiced: plain for plain, voiced in _VOICED.items()}


def other_voiced_mark(kana: str, turn: int) -> str:
    """Add or drop one voiced mark."""
    table = _VOICED | _UNVOICED
    places = [place for place, sign in enumerate(kana) if sign in table]
    place = places[turn % len(places)] if places else 0
    return kana[:place] + table.get(kana[place], kana[place]) + kana[place + 1 :]


def other_kana(kana: str, turn: int) -> str:
    place = turn % len(kana)
    return kana[:place] + kana[place].translate(_OTHER_KANA) + kana[place + 1 :]


def transposed(kana: str, turn: int) -> str:
    place = turn % (len(kana) - 1)
    if any(sign.isspace() for sign in kana[place : place + 2]):
        return kana
    return kana[:place] + kana[place + 1] + kana[place] + kana[place + 2 :]


def dropped(kana: str, turn: int) -> str:
    place = turn % len(kana)
    return kana if kana[place] in "　 ー" else kana[:place] + kana[place + 1 :]


@cache
def _homophones() -> dict[str, list[str]]:
    """Return the ways in which given names of one reading are written."""
    found = defaultdict(set)
    for sex in ("male", "female"):
        for stem in names.names_of(f"{sex}-stem"):
            for end in names.names_of(f"{sex}-end"):
                found[stem.kana + end.kana].add(stem.written + end.written)
        for year in (1940, 1960, 1980, 2000):
            for name in names.names_of(f"{sex}-{year}"):
                found[name.kana].add(name.written)
    return {kana: sorted(written) for kana, written in found.items()}


def other_given_kanji(person: Person, chance: Chance) -> Subject | None:
    """Ask about somebody of the same reading, birth date and sex whose given name has another character."""
    surname, given = person.name
    others = [each for each in _homophones().get(given.kana, ()) if _is_another(each, given.written)]
    if not others:
        return None
    return renamed(person, surname, Name(others[chance.below(len(others))], given.kana))


def _is_another(one: str, other: str) -> bool:
    """Say whether two written names differ in a kanji, not in its form, nor by being written in kana."""
    both_in_kanji = all("一" <= sign <= "龥" or sign in "々之" for sign in one + other)
    return both_in_kanji and writing.new_form(one) != writing.new_form(other)


def other_surname_kanji(person: Person, _: Chance) -> Subject | None:
    written = writing.exchanged(
        person.name[0].written,
        "渡辺>渡部 阿部>安部 伊藤>伊東 菊地>菊池 太田>大田 佐伯>佐柏 本田>本多 河野>川野 松浦>松裏 上原>神原 原>源",
    )
    is_another = writing.new_form(written) != writing.new_form(person.name[0].written)
    return renamed(person, Name(written, person.name[0].kana), person.name[1]) if is_another else None


def one_hidden(person: Person, chance: Chance) -> Subject | None:
    surname, given = person.name
    if person.origin is Origin.LATIN or len(surname.written) < 2 or not all(each >= "一" for each in surname.written):
        return None
    written = writing.hidden(surname.written, chance.below(len(surname.written)))
    return renamed(person, Name(written, surname.kana), given)


def all_hidden(person: Person, _: Chance) -> Subject | None:
    if person.origin is Origin.LATIN:
        return None
    surname, given = (Name("●" * len(part.written), part.kana) for part in person.name)
    return renamed(person, surname, given)


def surname_hidden(person: Person, _: Chance) -> Subject:
    surname, given = person.name
    return renamed(person, Name("●" * len(surname.written), surname.kana), given)


def on_day(change: Callable[[date, int], date]) -> Arise:
    """Return what asks about a person with another birth date."""

    def arise(person: Person, chance: Chance) -> Subject | None:
        try:
            day = PartialDate.of(change(date.fromordinal(person.born), chance.below(1 << 20)))
        except ValueError:
            return None
        return about(person, birth_date=day) if day != born(person) else None

    return arise


def era_slip(day: date, turn: int) -> date:
    """Take one era for another, as 昭和5年 for 平成5年."""
    return day.replace(year=day.year + (63 if turn % 2 else -63))


def unknown(*, month: bool = False) -> Arise:
    """Leave the day out, and the month with it if asked."""

    def arise(person: Person, _: Chance) -> Subject:
        day = date.fromordinal(person.born)
        return about(person, birth_date=PartialDate(day.year, None if month else day.month))

    return arise


def stranger(_: Person, chance: Chance) -> Case:
    return Case(about(chance.stranger()), None, Allowed.NOBODY)


def stranger_with_address(_: Person, chance: Chance) -> Case:
    person = chance.stranger()
    return Case(about(person, address=person.address), None, Allowed.NOBODY)


def sibling(person: Person, chance: Chance) -> Case:
    """Ask about a brother or sister who is no member: same surname and address, born some years apart."""
    other = chance.stranger()
    day = date.fromordinal(person.born) + timedelta(days=300 + chance.below(2_000))
    name = full_name((person.name[0], other.name[1]), person)
    subject = replace(about(person), name=name, birth_date=PartialDate.of(day), sex=Sex(other.sex))
    return Case(replace(subject, address=person.address), None, Allowed.NOBODY)


def twin(person: Person, chance: Chance) -> Case | None:
    """Ask about a twin who is no member: all is equal but the given name."""
    given = names.given_name(person.sex, date.fromordinal(person.born).year, chance.draw.random)
    if person.origin is not Origin.JAPANESE or given.kana == person.name[1].kana:
        return None
    name = full_name((person.name[0], given), person)
    return Case(replace(about(person), name=name, address=person.address), None, Allowed.NOBODY)


def namesake(person: Person, _: Chance) -> Case:
    """Ask about somebody else with the same name, birth date and sex: the rule cannot see it, the guard may."""
    return Case(about(person), None, Allowed.ANY)


def namesake_elsewhere(person: Person, chance: Chance) -> Case | None:
    other = chance.stranger()
    return Case(about(person, address=other.address), None, Allowed.LOOK) if other.address != person.address else None


def other_number(person: Person, chance: Chance) -> Case:
    subject = about(person, symbol=symbol(person), number=number(chance.stranger()))
    return Case(subject, None, Allowed.LOOK)


def married(person: Person, chance: Chance) -> Subject | None:
    """Ask by a surname that the roster does not know."""
    surname = chance.stranger().name[0]
    if person.origin is not Origin.JAPANESE or surname.kana == person.name[0].kana:
        return None
    return renamed(person, surname, person.name[1])


def parts_swapped(person: Person, _: Chance) -> Subject | None:
    return renamed(person, *reversed(person.name)) if person.origin is not Origin.LATIN else None


def other_sex(person: Person, _: Chance) -> Subject:
    return about(person, sex=Sex.FEMALE if person.sex == names.MALE else Sex.MALE)


def in_other_customs(arise: Arise) -> Arise:
    """Return what makes the same fault in the spelling of an office with customs of its own."""

    def arise_in_customs(person: Person, chance: Chance) -> Subject | None:
        subject = arise(person, chance)
        return subject and replace(subject, name=in_customs(subject.name, chance))

    return arise_in_customs


def without(**changes: object) -> Arise:
    return lambda person, _: about(person, **changes)


def nameless(part: str) -> Arise:
    return lambda person, _: about(person, name=replace(full_name(person.name, person), **{part: ""}))


def _faults() -> Iterator[Trouble]:
    look, nobody = Allowed.LOOK, Allowed.NOBODY
    yield Trouble("one ●", Allowed.GUARDED, one_hidden, 40)
    yield Trouble("斎 for 斉", look, rewritten(replaced("斎藤>斉藤 斉藤>斎藤 斎木>斉木 斉木>斎木")), 10)
    yield Trouble("kana missing", look, nameless("kana"), 20)
    yield Trouble("kanji missing", look, nameless("written"), 20)
    yield Trouble("day unknown", look, unknown(), 10)
    yield Trouble("month and day unknown", look, unknown(month=True), 5)
    yield Trouble("sex unknown", look, without(sex=Sex.UNKNOWN), 10)
    yield Trouble("another address", look, namesake_elsewhere)
    yield Trouble("another 記号・番号", look, other_number)
    yield Trouble("namesake of a member", Allowed.ANY, namesake)
    yield Trouble("voiced mark", nobody, respelled(other_voiced_mark), 40)
    yield Trouble("vowel shortened", nobody, respelled(replaced("トウ>ト オオ>オ ユウ>ユ ョウ>ョ コウ>コ イイ>イ")), 20)
    yield Trouble("another kana", nobody, respelled(other_kana), 50)
    yield Trouble("kana transposed", nobody, respelled(transposed), 20)
    yield Trouble("kana dropped", nobody, respelled(dropped), 20)
    yield Trouble("voiced mark, other customs", nobody, in_other_customs(respelled(other_voiced_mark)), 20)
    yield Trouble("kana dropped, other customs", nobody, in_other_customs(respelled(dropped)), 20)
    yield Trouble("another kanji, other customs", nobody, in_other_customs(other_given_kanji), 20)
    yield Trouble("another sex, other customs", nobody, in_other_customs(other_sex), 10)
    yield Trouble("another kanji, given name", nobody, other_given_kanji, 40)
    yield Trouble("another kanji, surname", nobody, other_surname_kanji, 10)
    yield Trouble("surname all ●", nobody, surname_hidden, 5)
    yield Trouble("all ●", nobody, all_hidden, 5)
    yield Trouble("another day", nobody, on_day(lambda day, turn: day.replace(day=turn % 28 + 1)), 50)
    yield Trouble("another month", nobody, on_day(lambda day, turn: day.replace(month=turn % 12 + 1)), 20)
    yield Trouble("another year", nobody, on_day(lambda day, turn: day.replace(year=day.year - turn % 9)), 30)
    yield Trouble("month and day swapped", nobody, on_day(lambda day, _: day.replace(month=day.day, day=day.month)), 10)
    yield Trouble("another era", nobody, on_day(era_slip), 5)
    yield Trouble("another sex", nobody, other_sex, 20)
    yield Trouble("new surname, unknown", nobody, married, 100)
    yield Trouble("surname and given name swapped", nobody, parts_swapped, 5)
    yield Trouble("not a member", nobody, stranger, 850)
    yield Trouble("not a member, with address", nobody, stranger_with_address, 120)
    yield Trouble("sibling, not a member", nobody, sibling, 70)
    yield Trouble("twin, not a member", nobody, twin, 10)


FAULTS = tuple(_faults())
