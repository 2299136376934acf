"""A roster under its look-up keys, as the store keeps it, for any size that an array of numbers allows.

Each key is kept as one number, its first 40 bits before the number of the person, in buckets that are sorted once; the
person found is drawn again from the seed. Ten million persons take about a gigabyte; there is room for sixteen.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import blake2b

from benchmarks.matching.held import members_of
from benchmarks.matching.population import PART, Population
from inquiry.domain.member import Member
from inquiry.domain.subject import Subject
from inquiry.matching.keys import PlainKey, member_keys, namesake_key, namesake_keys

_NUMBER_BITS = 24
_NUMBER = (1 << _NUMBER_BITS) - 1
_64_BITS = (1 << 64) - 1


class Roll:
    """Finds members by key, and says how many members share a name."""

    def __init__(self, population: Population, *, processes: int = 1) -> None:
        self.population = population
        buckets = _empty()
        for part in population.in_parts(partial(_keyed, population), processes):
            for bucket, entries in zip(buckets, part, strict=True):
                bucket.extend(entries)
        self._buckets = [array("Q", sorted(bucket)) for bucket in buckets]

    def under(self, keys: Iterable[PlainKey]) -> list[Member]:
        """Return the members who carry one of the keys, each once."""
        numbers = dict.fromkeys(number for key in keys for number in self._numbers(key))
        return [member for number in numbers for member in members_of(self.population.person(number))]

    def namesakes(self, subject: Subject) -> int:
        """Count the members of this name and sex born in the five years around, whoever is meant included."""
        return max((sum(1 for key in keys for _ in self._numbers(key)) for keys in namesake_keys(subject)), default=0)

    def _numbers(self, key: PlainKey) -> Iterator[int]:
        bucket, place = _place(key)
        entries = self._buckets[bucket]
        for found in range(bisect_left(entries, place), bisect_right(entries, place | _NUMBER)):
            yield entries[found] & _NUMBER


def _empty() -> list["array[int]"]:
    return [array("Q") for _ in range(256)]


def _keyed(population: Population, first: int) -> list["array[int]"]:
    """Return the entries of PART persons, by bucket."""
    buckets = _empty()
    for person in population.persons(first, first + PART):
        for member in members_of(person):
            for key in {*member_keys(member), namesake_key(member)}:
                bucket, place = _place(key)
                buckets[bucket].append(place | person.number)
    return buckets


def _place(key: PlainKey) -> tuple[int, int]:
    """Return the bucket of a key, and where its numbers begin in there."""
    bits = int.from_bytes(blake2b(key, digest_size=8).digest())
    return bits >> 56, bits << 8 & _64_BITS & ~_NUMBER
