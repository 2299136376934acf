"""How many inquiries stand where, for PMO staff (照会の件数).

Decides   nothing; counts and receipt numbers only, never a person.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from inquiry.domain.inquiry import OPEN
from inquiry.store.clocks import Clocked
from inquiry.store.inquiries import tally
from inquiry.store.insurers import insurer_names
from inquiry.store.municipalities import municipality_names
from inquiry.workflow import timing
from inquiry.workflow.work import Work

LATE_SHOWN: Final = 100  # thousands are late after an outage, and the counts say how many


@dataclass(slots=True)
class Row:
    """One party's inquiries by state, and how many of the open ones are late."""

    name: str
    by_state: Counter[str] = field(default_factory=Counter)
    late: int = 0

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.by_state.total()

    @property
    def still_open(self) -> int:
        """Return how many wait for their answer."""
        return sum(self.by_state[state] for state in OPEN)


@dataclass(frozen=True, slots=True)
class Late:
    """An open inquiry whose answer is late: its number, to whom, since when."""

    number: str
    insurer: str
    state: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts in all, per insurer and per municipality, and the late ones that wait longest."""

    everything: Row
    insurers: list[Row]
    municipalities: list[Row]
    late: list[Late]


def counts(work: Work) -> Overview:
    """Count the inquiries of the whole country."""
    counted = tally(work.session)
    late = [inquiry for inquiry in timing.clocks(work, None, OPEN) if timing.is_late(work, inquiry)]
    asked = {each.insurer_id for each in counted}
    names = insurer_names(work.session, asked)
    insurers = {key: Row(name) for key, name in names.items()}
    codes = {each.municipality_code for each in counted}
    municipalities = {key: Row(name) for key, name in municipality_names(work.session, codes).items()}
    everything = Row("")
    for each in counted:
        for row in (everything, insurers[each.insurer_id], municipalities[each.municipality_code]):
            row.by_state[each.state] += each.inquiries
    for inquiry in late:
        for row in (everything, insurers[inquiry.insurer_id], municipalities[inquiry.municipality_code]):
            row.late += 1
    return Overview(everything, _busiest(insurers), _busiest(municipalities), _late(work, late, names))


def _busiest(rows: Mapping[str, Row]) -> list[Row]:
    return sorted(rows.values(), key=lambda row: (-row.late, -row.still_open, row.name))


def _late(work: Work, inquiries: list[Clocked], names: Mapping[str, str]) -> list[Late]:
    rows = [Late(each.number, names[each.insurer_id], each.state, timing.due_of(work, each)) for each in inquiries]
    return sorted(rows, key=lambda row: row.due_at)[:LATE_SHOWN]
