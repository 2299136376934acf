"""Every number that could be mistaken for another, so that a directory is asked for them at once (似た番号の候補).

Source    memo annex STEP2 ⑤ ⅰ (なりすまし防止).
Decides   which true numbers somebody may have wanted to imitate, whoever they belong to. Measured by
          benchmarks/look_alikes.py: all near misses, and hardly ever a number that is simply another one's.
Not here  laying two numbers side by side: directory/look_alikes.py. A bare tail of four digits counts only beside the
          number of the organisation meant; over a whole directory everybody shares tails.
"""

from typing import Final

from inquiry.directory.area_codes import area_code_of

_DIGITS: Final = "0123456789"
_FIXED_LENGTH: Final = 10
# A local number of eight digits under another area code is a copy; of six, as towns have them, it is chance.
_LONG_LOCAL_NUMBER: Final = 8


def neighbours_of(number: str) -> frozenset[str]:
    """Return every number that differs from this one in one digit, two swapped neighbours, or one missing or added.

    The number itself is not among them. One that is whole was neither cut short nor lengthened.
    """
    changed = {number[:at] + digit + number[at + 1 :] for at in range(len(number)) for digit in _DIGITS}
    swapped = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(len(number) - 1)}
    longer = {number[:at] + digit + number[at:] for at in range(len(number) + 1) for digit in _DIGITS}
    shorter = {number[:at] + number[at + 1 :] for at in range(len(number))}
    near = changed | swapped
    if len(number) != _FIXED_LENGTH:
        near |= longer if len(number) < _FIXED_LENGTH else shorter
    return frozenset(near - {number})


def copied_tail_of(number: str) -> str:
    """Return the local number that would be the same under another area code, "" where that may be chance."""
    local = number[len(area_code_of(number)) :]
    return local if len(number) == _FIXED_LENGTH and len(local) >= _LONG_LOCAL_NUMBER else ""
