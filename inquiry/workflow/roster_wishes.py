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
    wishes: Sequence[Wish], there: There, sealing: RollSealing, *, gone: Iterable[BlindKey]
) -> tuple[list[Wish], list[BlindKey]]:
    """Return the wishes so that whoever is 不開示 stays so where no row says otherwise, and who is gone after them.

    `gone` are the keys, of name, birth date and sex, of people who were 不開示 when earlier differences took them away.
    Whoever comes back, in the same file or later, under whatever 加入者ID, is 不開示 again.
    """
    shut = {wish.member_id for wish in wishes if _may_end(wish, there) and _is_shut(wish.member_id, there, sealing)}
    left = Counter(gone)
    left.update(there[wish.member_id].alike for wish in wishes if wish.member is None and wish.member_id in shut)
    keys = left.keys() | {there[member_id].alike for member_id in shut}
    coming = [wish for wish in wishes if wish.member is not None]
    back = {wish.member_id: key for wish, key in zip(coming, _alike(coming, sealing), strict=True) if key in keys}
    kept = [_shut(wish) if wish.member_id in shut or wish.member_id in back else wish for wish in wishes]
    return kept, list((left - Counter(back.values())).elements())


def _may_end(wish: Wish, there: There) -> bool:
    return wish.member_id in there and not (wish.member is not None and wish.tells_withheld)


def _is_shut(member_id: str, there: There, sealing: RollSealing) -> bool:
    return sealing.open(there[member_id].no, there[member_id].member_ct).is_withheld


def _shut(wish: Wish) -> Wish:
    if wish.member is None or wish.tells_withheld:
        return wish
    return replace(wish, member=replace(wish.member, is_withheld=True))


def _alike(wishes: Iterable[Wish], sealing: RollSealing) -> Sequence[BlindKey]:
    return sealing.alike([wish.member for wish in wishes if wish.member is not None])
