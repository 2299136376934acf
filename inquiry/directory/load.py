"""How many inquiries are to be expected while the network is down (障害時の照会件数の見込み).

Decides   an insurer's part of the nation's inquiries, from its members or those of its kind, and the work it makes.
Not here  whether the network is down: workflow/outages.py.
Units     inquiries and people at desks are those of one working day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Final

from inquiry.directory.insurers import InsurerKind

# What the network carries on a working day over the whole country, all of which would come by hand.
NATION_A_DAY: Final = 124_000
# Members by kind: 協会けんぽ 2025-03, 健保組合 2022, 国保組合 2021-03, 広域連合 2023.
MEMBERS: Final[Mapping[InsurerKind, int]] = {
    InsurerKind.ASSOCIATION: 39_713_000,
    InsurerKind.SOCIETY: 28_200_000,
    InsurerKind.NATIONAL_SOCIETY: 2_680_000,
    InsurerKind.WIDE_AREA_UNION: 19_440_000,
}
_EVERYBODY: Final = sum(MEMBERS.values())


@dataclass(frozen=True, slots=True)
class Load:
    """What an insurer is to expect of a working day."""

    members: int
    a_day: int

    def people(self, each: timedelta, day: timedelta) -> int:
        """Return how many people at desks that takes, if one inquiry takes so long and the day is so long."""
        return ceil(self.a_day * each / day)


def load_of(members: int) -> Load:
    """Return the load of an insurer, or a kind, with so many members."""
    return Load(members, round(NATION_A_DAY * members / _EVERYBODY))


def members_on_average(kind: InsurerKind, insurers: int) -> int:
    """Return how many members an insurer of a kind has if all of that kind were of one size."""
    return MEMBERS[kind] // max(1, insurers)
