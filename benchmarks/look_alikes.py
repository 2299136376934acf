"""How many imitations of a directory's numbers are flagged, how many numbers of others, and how quickly.

Usage: python -m benchmarks.look_alikes

What is one digit or one swap away from an entry must be flagged, whoever has it: the more numbers end in round tails,
the more of them are. Beside those, fewer than one in a thousand may be.

The directory is invented: municipalities under area codes of the whole numbering plan, insurers mostly in the big
cities, most numbers round as main lines are; each insurer has a FAX too, whose number is not. Others' numbers lie under
the same area codes, in the same shares.
"""

import random
from collections.abc import Iterator, Sequence
from time import process_time

from inquiry.directory.area_codes import _PREFIXES_BY_LENGTH, area_code_of
from inquiry.directory.neighbours import copied_tail_of, neighbours_of

MUNICIPALITIES, INSURERS = 1_788, 1_600
ENTRIES = MUNICIPALITIES + INSURERS
CITIES = ("03",) * 12 + ("06",) * 4 + ("052", "045", "011", "092", "075", "078", "082", "022")
FAXES = INSURERS
OTHERS = 100_000
MINISTRY = "0352531111"
ROUND = ("1111", "2111", "3111", "5111", "1000", "2000", "2211", "0111", "1001", "2121")


def area_codes() -> list[str]:
    """Return where organisations are: municipalities in each area code in turn, insurers mostly in the cities."""
    draw = random.Random(3)
    named = [(prefix, int(length)) for length, prefixes in _PREFIXES_BY_LENGTH.items() for prefix in prefixes.split()]
    exceptions = {"0" + (prefix + f"{draw.randrange(100):02d}")[:length] for prefix, length in named}
    usual = {code for each in range(120, 1000, 2) if len(code := area_code_of(f"0{each}000000")) == 4}
    everywhere = sorted(exceptions | usual)
    # A code of five digits is one town's or island's own; the others are shared.
    shared = [code for code in everywhere if len(code) < 5]
    places = [*everywhere, *(shared[at % len(shared)] for at in range(MUNICIPALITIES - len(everywhere)))]
    return [*places, *(draw.choice((*CITIES, draw.choice(everywhere))) for _ in range(INSURERS))]


def number(draw: random.Random, codes: Sequence[str], *, round_share: float) -> str:
    """Draw a number under one of the codes; its tail is round as often as told."""
    code = draw.choice(codes)
    exchange = "".join(draw.choice("23456789" if at == 0 else "0123456789") for at in range(6 - len(code)))
    tail = draw.choice(ROUND) if draw.random() < round_share else f"{draw.randrange(10_000):04d}"
    return code + exchange + tail


def directory(draw: random.Random, codes: Sequence[str]) -> set[str]:
    """Draw a directory with the ministry's number in it."""
    drawn = {MINISTRY}
    while len(drawn) < ENTRIES:
        drawn.add(number(draw, codes, round_share=0.6))
    while len(drawn) < ENTRIES + FAXES:
        drawn.add(number(draw, codes[MUNICIPALITIES:], round_share=0.0))
    return drawn


def imitations(true: str) -> Iterator[str]:
    """Yield every single-digit change and neighbour swap of a number."""
    for at in range(len(true)):
        yield from (true[:at] + digit + true[at + 1 :] for digit in "0123456789" if digit != true[at])
    for at in range(len(true) - 1):
        if true[at] != true[at + 1]:
            yield true[:at] + true[at + 1] + true[at] + true[at + 2 :]


def is_flagged(heard: str, known: set[str], tails: set[str]) -> bool:
    """Say whether a number is no entry's own and resembles an entry's; the product asks its database the same."""
    return heard not in known and (not known.isdisjoint(neighbours_of(heard)) or copied_tail_of(heard) in tails)


def must_be_flagged(heard: str, known: set[str]) -> bool:
    """Say whether a number is a single-digit change or a swap of neighbours of an entry's."""
    return heard not in known and not known.isdisjoint(imitations(heard))


def main() -> None:
    draw, codes = random.Random(1), area_codes()
    known = directory(draw, codes)
    tails = {tail for each in known if (tail := copied_tail_of(each))}
    tried = [each for true in known for each in imitations(true) if each not in known]
    started = process_time()
    missed = sum(not is_flagged(each, known, tails) for each in tried)
    seconds = process_time() - started
    print(f"{missed:>9,} of {len(tried):,} imitations missed; {len(tried) / seconds:,.0f} looked at a second")
    own = sum(is_flagged(each, known, tails) for each in known)
    print(f"{own:>9,} of {len(known):,} entries' own numbers flagged")
    for words, share in (("ordinary", 0.0), ("mostly round", 0.6)):
        drawn = [number(draw, codes, round_share=share) for _ in range(OTHERS)]
        flagged = [each for each in drawn if is_flagged(each, known, tails)]
        besides = sum(not must_be_flagged(each, known) for each in flagged)
        print(
            f"{len(flagged):>9,} of {OTHERS:,} {words} numbers of nobody in the directory flagged: "
            f"{1000 * len(flagged) / OTHERS:.2f} in 1,000; besides those that must be, {1000 * besides / OTHERS:.2f}"
        )
    assert is_flagged("0342531111", known, tails)


if __name__ == "__main__":
    main()
