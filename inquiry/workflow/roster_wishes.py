"""What a file of differences wants for each person (差分の一人ごとの異動).

Decides   how many people become somebody else by it.
Not here  who stays 不開示: workflow/roster_gone.py. Taking them over: workflow/roster_changes.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inquiry.domain.member import Member
from inquiry.domain.roster import Change
from inquiry.security.blinding import BlindKey
from inquiry.store.rolls import SealedMember
from inquiry.workflow.roster_sealing import RollSealing

There = Mapping[str, SealedMember]  # who is on the roll, by their 加入者ID


@dataclass(frozen=True, slots=True)
class Wish:
    """What a file of differences wants for one person: the person as of now, or None for one who is to go.

    `tells_withheld` is False where no row says whether the person is 不開示, so that a protection does not end;
    `says_withheld` is True where one says that they are.
    """

    line: int
    change: Change
    member_id: str
    member: Member | None
    tells_withheld: bool
    says_withheld: bool


def made_others(wishes: Iterable[Wish], there: There, sealing: RollSealing) -> int:
    """Count whom a file gives another name, birth date or sex; nobody is opened for it."""
    changed = [wish for wish in wishes if wish.member is not None and wish.member_id in there]
    return sum(key != there[wish.member_id].alike for wish, key in zip(changed, alike(changed, sealing), strict=True))


def alike(wishes: Iterable[Wish], sealing: RollSealing) -> Sequence[BlindKey]:
    """Return the key of the name, birth date and sex of everybody who does not go."""
    return sealing.alike([wish.member for wish in wishes if wish.member is not None])
