"""What a file of differences wants for each person, and what of that needs a word (差分の一人ごとの異動).

Decides   that differences end nobody's 不開示 unless a row says so: neither an empty cell does, nor taking the person
          away and adding them again, at once or later, under any 加入者ID; how many people become somebody else.
Not here  taking them over: workflow/roster_changes.py.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from inquiry.domain.member import Member
from inquiry.domain.roster import Change
from inquiry.security.blinding import BlindKey
from inquiry.store.rolls import SealedMember
from inquiry.workflow.roster_sealing import RollSealing

There = Mapping[str, SealedMember]  # who is on the roll, by their 加入者ID


@dataclass(frozen=True, slots=True)
class Wish:
    """What a file of differences wants for one person: the person as of now, or None for one who is to go.

    `tells_withheld` is False where no row says whether the person is 不開示, so that a protection does not end.
    """

    line: int
    change: Change
    member_id: str
    member: Member | None
    tells_withheld: bool


def made_others(wishes: Iterable[Wish], there: There, sealing: RollSealing) -> int:
    """Count whom a file gives another name, birth date or sex; nobody is opened for it."""
    changed = [wish for wish in wishes if wish.member is not None and wish.member_id in there]
    return sum(key != there[wish.member_id].alike for wish, key in zip(changed, _alike(changed, sealing), strict=True))


def kept_shut(
    wishes: Sequence[Wish], there: There, sealing: RollSealing, *, gone: Iterable[Member]
) -> tuple[list[Wish], list[Member]]:
    """Return the wishes so that whoever is 不開示 stays so where no row says otherwise, and who is gone after them.

    `gone` are people who were 不開示 when earlier differences took them away. Whoever comes back, in the same file or
    later, by name, birth date and sex, under whatever 加入者ID, is 不開示 again.
    """
    shut = _withheld_among(wishes, there, sealing)
    left = [*gone, *(shut[wish.member_id] for wish in wishes if wish.member is None and wish.member_id in shut)]
    left_keys = sealing.alike(left)
    keys = {*left_keys, *sealing.alike(list(shut.values()))}
    coming = [wish for wish in wishes if wish.member is not None]
    back = {wish.member_id: key for wish, key in zip(coming, _alike(coming, sealing), strict=True) if key in keys}
    kept = [_shut(wish) if wish.member_id in shut or wish.member_id in back else wish for wish in wishes]
    # Who was there all along as the same person has not come back.
    returned = Counter(key for number, key in back.items() if number not in there or there[number].alike != key)
    return kept, [member for member, key in zip(left, left_keys, strict=True) if not _taken(returned, key)]


def _withheld_among(wishes: Iterable[Wish], there: There, sealing: RollSealing) -> dict[str, Member]:
    """Open whose 不開示 no row tells of, and return those who are, by their 加入者ID."""
    untold = (there[wish.member_id] for wish in wishes if _may_end(wish, there))
    people = (sealing.open(each.no, each.member_ct) for each in untold)
    return {member.member_id: member for member in people if member.is_withheld}


def _taken(returned: Counter[BlindKey], key: BlindKey) -> bool:
    """Say whether one of those who came back is this one, and count them no more."""
    returned[key] -= 1
    return returned[key] >= 0


def _may_end(wish: Wish, there: There) -> bool:
    return wish.member_id in there and not (wish.member is not None and wish.tells_withheld)


def _shut(wish: Wish) -> Wish:
    if wish.member is None or wish.tells_withheld:
        return wish
    return replace(wish, member=replace(wish.member, is_withheld=True))


def _alike(wishes: Iterable[Wish], sealing: RollSealing) -> Sequence[BlindKey]:
    return sealing.alike([wish.member for wish in wishes if wish.member is not None])
