"""Who was 不開示 when they left a roster, and who of them comes back (不開示のまま名簿から外れた人).

Decides   that nothing but a row that says so ends 不開示: neither an empty cell does, nor taking the person away and
          adding them again, at once or later, under the same 加入者ID or another, by the name of before or a new one.
Secrets   who is gone is kept sealed with the roster in force, and nowhere once that is over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from inquiry.domain.member import Member
from inquiry.domain.subject import Subject
from inquiry.matching.compare import explain, required_grade_of
from inquiry.matching.grades import Grade
from inquiry.matching.keys import PlainKey, alike_key, lookup_keys, member_keys
from inquiry.store import rolls
from inquiry.store.rolls import RollReader
from inquiry.store.rosters import Roll, RosterGeneration
from inquiry.workflow.roster_comparing import gone_shut, may_withhold
from inquiry.workflow.roster_merging import opened
from inquiry.workflow.roster_sealing import RollSealing, sealing_of
from inquiry.workflow.roster_wishes import There, Wish, alike
from inquiry.workflow.work import Work

PORTION = 20_000


@dataclass(frozen=True, slots=True)
class Likeness:
    """One of those who went, and how far somebody who comes is that person."""

    place: int
    grade: Grade


def likenesses(gone: Sequence[Member], coming: Iterable[Member]) -> Iterator[list[Likeness]]:
    """Yield of each who comes all of those who went whom the three identifiers do not exclude.

    Who is alike in all that is known is that person, though ④ would not say so of somebody without kana or sex.
    """
    places: dict[PlainKey, list[int]] = {}
    for place, each in enumerate(gone):
        for key in (*lookup_keys(_as_asked(each)), alike_key(each)):
            places.setdefault(key, []).append(place)
    for member in coming:
        near = {place for key in (*member_keys(member), alike_key(member)) for place in places.get(key, ())}
        found = [Likeness(place, _likeness_of(gone[place], member)) for place in sorted(near)]
        yield [each for each in found if each.grade is not Grade.DIFFERENT]


def _likeness_of(gone: Member, member: Member) -> Grade:
    is_alike = alike_key(gone) == alike_key(member)
    return Grade.EQUAL if is_alike else required_grade_of(explain(_as_asked(gone), member))


def _as_asked(member: Member) -> Subject:
    return Subject(member.name, member.birth_date, member.sex, member.alias, member.former_name)


def kept_shut(
    wishes: Sequence[Wish], there: There, sealing: RollSealing, *, gone: Iterable[Member], may_be_shut: bool
) -> tuple[list[Wish], list[Member]]:
    """Return the wishes so that whoever is 不開示 stays so where no row says otherwise, and who is gone after them.

    `gone` are people who were 不開示 when they left, `may_be_shut` says whether anybody on the roll may be. Whoever
    comes back, in the same file or later, is 不開示 again: who bears the 加入者ID, and whom ④ would find or not exclude
    if it asked about one who went. Who was there all along is taken for one of them only where all three agree. Who is
    made into somebody else is gone as well: it may be a new name, or the number may be another's now.
    """
    shut = _withheld_among(wishes, there, sealing, may_be_shut=may_be_shut)
    left = [*gone, *(shut[wish.member_id] for wish in wishes if wish.member is None and wish.member_id in shut)]
    numbers = {member.member_id for member in left}
    staying = [shut[wish.member_id] for wish in wishes if wish.member is not None and wish.member_id in shut]
    protected = [*left, *staying]
    own = {str(member.member_id): place for place, member in enumerate(staying, len(left))}
    back, returned, away = set[str](), set[int](), set(range(len(left)))
    for wish, is_new, likely in _coming(wishes, there, sealing, protected=protected):
        equal = [each.place for each in likely if each.grade is Grade.EQUAL]
        has_number = wish.member_id not in there and wish.member_id in numbers
        if equal or has_number or (is_new and likely):
            back.add(wish.member_id)
        if is_new:
            returned.update([place for place in equal if place not in returned][:1])
        if is_new and wish.member_id in own and own[wish.member_id] not in {each.place for each in likely}:
            away.add(own[wish.member_id])
        if has_number and wish.tells_withheld:
            returned |= {place for place, member in enumerate(left) if member.member_id == wish.member_id}
    kept = [_shut(wish) if wish.member_id in shut or wish.member_id in back else wish for wish in wishes]
    return kept, [protected[place] for place in sorted(away - returned)]


def _coming(
    wishes: Iterable[Wish], there: There, sealing: RollSealing, *, protected: Sequence[Member]
) -> Iterator[tuple[Wish, bool, list[Likeness]]]:
    """Yield everybody who does not go, whether they were not there as this person, and whom they may be."""
    coming = [wish for wish in wishes if wish.member is not None] if protected else []
    likely = likenesses(protected, [wish.member for wish in coming if wish.member is not None])
    for wish, key, places in zip(coming, alike(coming, sealing), likely, strict=True):
        yield wish, wish.member_id not in there or there[wish.member_id].alike != key, places


def _withheld_among(
    wishes: Iterable[Wish], there: There, sealing: RollSealing, *, may_be_shut: bool
) -> dict[str, Member]:
    """Return, by their 加入者ID, who is 不開示 and of whom no row tells that, or who goes by a row that says it."""
    asked = [wish for wish in wishes if _may_end(wish, there) and (may_be_shut or wish.says_withheld)]
    people = opened(sealing, [there[wish.member_id] for wish in asked])
    return {
        wish.member_id: member
        for wish, (_, member) in zip(asked, people, strict=True)
        if member.is_withheld or wish.says_withheld
    }


def _may_end(wish: Wish, there: There) -> bool:
    return wish.member_id in there and not (wish.member is not None and wish.tells_withheld)


def _shut(wish: Wish) -> Wish:
    if wish.member is None or wish.tells_withheld:
        return wish
    return replace(wish, member=replace(wish.member, is_withheld=True))


def gone_beside(work: Work, active: RosterGeneration | None, newer: RollSealing) -> list[str]:
    """Return, sealed, who was 不開示 on the roster in force, or when they left it, and is not on a whole new roll.

    Whoever is on that is what it says of them. The caller records the reading.
    """
    if active is None or active.roll_number is None:
        return []
    older = sealing_of(work.house, work.session.get_one(Roll, active.roll_number))
    gone = older.open_gone(gone_shut(active))
    if may_withhold(active):
        for missing in rolls.not_as_they_were(work.session, older.roll_number, newer.roll_number, portion=PORTION):
            gone += [member for _, member in opened(older, missing) if member.is_withheld]
    reader = RollReader(work.session, newer.roll_number)
    return newer.seal_gone(member for member in gone if not _is_on(reader, newer, _as_asked(member)))


def _is_on(reader: RollReader, roll: RollSealing, subject: Subject) -> bool:
    hits = reader.find(list(roll.blinding.of(lookup_keys(subject)).values()))
    people = (roll.open(no, token) for _, no, token in hits if token is not None)
    return any(required_grade_of(explain(subject, member)) is Grade.EQUAL for member in people)
