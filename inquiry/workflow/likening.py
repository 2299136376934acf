"""What proposed desks resemble: entries of both directories, and each other (追加する窓口に似た番号・名称).

Source    memo annex STEP2 ⑤ ⅰ (なりすまし防止).
Decides   nothing of its own: resembling.py says it of one number at a time. Here the directories are read once, so
          that a list of all insurers is compared in seconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from inquiry.directory.contacts import ContactRow
from inquiry.directory.neighbours import copied_tail_of, neighbours_of
from inquiry.store.directory_numbers import Owner, every_number, names_of_insurers
from inquiry.store.insurers import insurers_holding
from inquiry.workflow.resembling import Likened, Resemblance, is_taken, name_keys
from inquiry.workflow.work import Work

_LOCAL_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Likenesses:
    """What one desk resembles in the directories and among the others, and who else has exactly its number."""

    in_force: tuple[Resemblance, ...] = ()
    beside: tuple[Resemblance, ...] = ()
    owners: tuple[Owner, ...] = ()


@dataclass(slots=True)
class _Register:
    """Numbers and names, each findable by what would be taken for it."""

    numbers: dict[str, list[Owner]] = field(default_factory=lambda: defaultdict(list))
    tails: dict[str, list[Owner]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, list[Owner]] = field(default_factory=lambda: defaultdict(list))

    def take(self, numbers: Iterable[Owner], names: Iterable[Owner]) -> None:
        for owner in numbers:
            self.numbers[owner.number].append(owner)
            self.tails[owner.number[-_LOCAL_DIGITS:]].append(owner)
        for owner in names:
            for key in name_keys(owner.name):
                self.names[key].append(owner)

    def same(self, number: str, own: frozenset[str]) -> list[Owner]:
        return [owner for owner in self.numbers.get(number, ()) if owner.id not in own]

    def near(self, number: str, around: frozenset[str], own: frozenset[str]) -> Iterator[Resemblance]:
        tail = copied_tail_of(number)
        copies = (owner for owner in self.tails.get(tail[-_LOCAL_DIGITS:], ()) if owner.number.endswith(tail) and tail)
        found = [*(owner for key in sorted(around & self.numbers.keys()) for owner in self.numbers[key]), *copies]
        yield from (Resemblance(number, owner.number, owner) for owner in found if owner.id not in own)

    def called_alike(self, name: str, own: frozenset[str]) -> Iterator[Resemblance]:
        found = {owner.id: owner for key in sorted(name_keys(name)) for owner in self.names.get(key, ())}
        others = (owner for owner in found.values() if owner.id not in own and is_taken(name, owner.name))
        yield from (Resemblance(name, owner.name, owner, Likened.NAME) for owner in others)


def likened(work: Work, rows: Sequence[ContactRow], *, among: Sequence[ContactRow] = ()) -> list[Likenesses]:
    """Return what each row resembles in the directories and among others that are proposed.

    An insurer's own entry and its other rows are no likeness.
    """
    directories, others = _Register(), _Register()
    directories.take(every_number(work.session), names_of_insurers(work.session))
    others.take(*_owners_in(among))
    listed = insurers_holding(work.session, {row.key[0] for row in rows})
    return [
        _of_row(row, directories, others, frozenset(filter(None, (row.key[0], listed.get(row.key[0]))))) for row in rows
    ]


def _owners_in(rows: Sequence[ContactRow]) -> tuple[list[Owner], list[Owner]]:
    numbers = [Owner(number, row.key[0], _name_of(row)) for row in rows for number in _numbers_of(row)]
    return numbers, [Owner("", row.key[0], row.name) for row in rows if not row.desk_name]


def _of_row(row: ContactRow, directories: _Register, others: _Register, own: frozenset[str]) -> Likenesses:
    in_force: list[Resemblance] = []
    beside: list[Resemblance] = []
    owners: list[Owner] = []
    for number in _numbers_of(row):
        same = directories.same(number, own)
        owners += same
        if not same:
            around = neighbours_of(number)
            in_force += directories.near(number, around, own)
            beside += others.near(number, around, own)
        beside += [Resemblance(number, owner.number, owner) for owner in others.same(number, own)]
    in_force += directories.called_alike(row.name, own)
    beside += others.called_alike(row.name, own)
    if row.desk_name:
        in_force += directories.called_alike(row.desk_name, own)
    return Likenesses(tuple(in_force), tuple(beside), tuple(owners))


def _numbers_of(row: ContactRow) -> list[str]:
    return list(dict.fromkeys(filter(None, (row.telephone, row.fax))))


def _name_of(row: ContactRow) -> str:
    return " ".join(filter(None, (row.name, row.desk_name)))
