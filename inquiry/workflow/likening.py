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
from inquiry.store.directory_numbers import Owner
from inquiry.store.insurers import insurers_holding
from inquiry.workflow.resembling import Likened, Resemblance, is_taken, name_keys, true_names, true_numbers
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
        yield from (Resemblance(number, owner.number, owner, is_own=owner.id in own) for owner in dict.fromkeys(found))

    def called_alike(self, name: str, own: frozenset[str]) -> Iterator[Resemblance]:
        near = (owner for key in sorted(name_keys(name)) for owner in self.names.get(key, ()))
        others = {owner.id: owner for owner in near if owner.id not in own and is_taken(name, owner)}
        yield from (Resemblance(name, owner.name, owner, Likened.NAME) for owner in others.values())


def likened(work: Work, rows: Sequence[ContactRow], *, among: Sequence[ContactRow] = ()) -> list[Likenesses]:
    """Return what each row resembles in the directories and among others that are proposed.

    An insurer's own name and number are no likeness, nor are its rows beside each other; a number near that of its
    own desk in force is. Its name is compared once, with the first of its rows.
    """
    directories, others = _Register(), _Register()
    directories.take(true_numbers(work), true_names(work))
    others.take(*_owners_in(among))
    listed = insurers_holding(work.session, {row.key[0] for row in rows})
    found = []
    for row, names in _with_names(rows):
        own = frozenset(filter(None, (row.key[0], listed.get(row.key[0]))))
        numbers = _of_numbers(row, own, directories=directories, others=others)
        in_force = (each for name in names for each in directories.called_alike(name, own))
        beside = (each for name in names for each in others.called_alike(name, own))
        found.append(Likenesses((*numbers.in_force, *in_force), (*numbers.beside, *beside), numbers.owners))
    return found


def _with_names(rows: Sequence[ContactRow]) -> Iterator[tuple[ContactRow, list[str]]]:
    """Yield each row with the names to compare: the insurer's with its first row only."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        named = (row.key[0], row.name)
        yield row, [name for name in (row.name if named not in seen else "", row.desk_name) if name]
        seen.add(named)


def _owners_in(rows: Sequence[ContactRow]) -> tuple[list[Owner], list[Owner]]:
    numbers = [Owner(number, row.key[0], _name_of(row), row.desk_name) for row in rows for number in _numbers_of(row)]
    return numbers, [Owner("", row.key[0], row.name, "") for row in rows if not row.desk_name]


def _of_numbers(row: ContactRow, own: frozenset[str], *, directories: _Register, others: _Register) -> Likenesses:
    in_force: list[Resemblance] = []
    beside: list[Resemblance] = []
    owners: list[Owner] = []
    for number in _numbers_of(row):
        owners += directories.same(number, own)
        if number not in directories.numbers:
            around = neighbours_of(number)
            in_force += directories.near(number, around, own)
            beside += (each for each in others.near(number, around, own) if not each.is_own)
        beside += [Resemblance(number, owner.number, owner) for owner in others.same(number, own)]
    return Likenesses(tuple(in_force), tuple(beside), tuple(owners))


def _numbers_of(row: ContactRow) -> list[str]:
    return list(dict.fromkeys(filter(None, (row.telephone, row.fax))))


def _name_of(row: ContactRow) -> str:
    return " ".join(filter(None, (row.name, row.desk_name)))
