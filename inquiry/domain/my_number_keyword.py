"""Whether digits beside a word for the My Number are one (個人番号, マイナンバー, 通知カード).

Decides   what counts as twelve digits near the keyword, whatever stands between them and however they are mistyped.
Not here  digits without a keyword: domain/my_number.py.

Beside the keyword the check digit is not needed, because a slip of the pen does not undo a leak. In return, what is
plainly a telephone number, a date, a corporate number or an inquiry's own number is laid aside first: our own forms
say that a My Number must not be written, next to a telephone number and a date.
"""

import re

from inquiry.domain.check_digits import is_corporate_number, is_my_number
from inquiry.domain.digits import SEPARATOR, readings
from inquiry.domain.number_shapes import OTHER_GROUPING, hides_my_number, shape_of, windows

_REACH = 40
_LONGEST_NUMBER = 12 + 11 * 3
_WORDS = ("マイナンバー", "個人番号", "個人番號", "通知カード", "my number")


def _spaced(word: str) -> str:
    folded = readings(word)[0].replace(SEPARATOR, "")
    # "dummy number" is not "my number".
    return (r"(?<![a-z])" if folded.isascii() else "") + " {0,3}+".join(folded)


_KEYWORD = re.compile("|".join(_spaced(word) for word in _WORDS))
_REST_OF_RUN = re.compile(r"(?:(?<=[0-9])|(?<=[0-9] )|(?<=[0-9] {2})|(?<=[0-9] {3}))(?: {0,3}+[0-9])*+")
_TWELVE_DIGITS = re.compile(r"(?:[^0-9]*+[0-9]){12}")
_GROUP = re.compile(r"[0-9]+")

# A date or telephone number is laid aside only where no other group of digits touches it on the left.
_STANDS_FREE = r"(?<![0-9])(?<![0-9] )(?<![0-9] {2})(?<![0-9] {3})"
_NOTATION = re.compile(
    rf"{_STANDS_FREE}(?:"
    r"(?:19|20)[0-9]{2} (?:0?[1-9]|1[0-2]) (?:0?[1-9]|[12][0-9]|3[01])(?: {1,3}[0-2]?[0-9] [0-5][0-9](?: [0-5][0-9])?)?"
    r"|[0-9]{1,4} ?年(?: ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?)?"
    r")(?![0-9])"
    r"|inq [0-9]{4} [0-9]{6}(?![0-9])"
)
_ONE_TELEPHONE = (
    r"(?:0[0-9][ ()][0-9]{4}[ ()][0-9]{4}|0[0-9]{2}[ ()][0-9]{3,4}[ ()][0-9]{4}|0[0-9]{3}[ ()][0-9]{2,3}[ ()][0-9]{4}"
    r"|0[0-9]{4}[ ()][0-9][ ()][0-9]{4}|0120[ ()][0-9]{3}[ ()][0-9]{3}|0[0-9]{9,10})"
)
_TELEPHONES = re.compile(rf"{_STANDS_FREE}{_ONE_TELEPHONE}(?: {{1,3}}{_ONE_TELEPHONE})*+(?! {{0,3}}[0-9])")


def stands_beside_keyword(reading: str) -> bool:
    """Say whether twelve digits that may be a My Number begin within reach before or after a keyword."""
    return any(_has_number_beside(reading, keyword) for keyword in _KEYWORD.finditer(reading))


def _has_number_beside(reading: str, keyword: re.Match[str]) -> bool:
    far = _REACH + _LONGEST_NUMBER
    after = _within_reach(reading[keyword.end() : keyword.end() + far])
    before = _within_reach(reading[max(0, keyword.start() - far) : keyword.start()][::-1])[::-1]
    return _holds_number(after) or _holds_number(before)


def _within_reach(side: str) -> str:
    """Cut a text that leads away from the keyword, but never through a row of digits."""
    rest = _REST_OF_RUN.match(side, _REACH)
    return side[:_REACH] + (rest.group() if rest else "")


def _holds_number(side: str) -> bool:
    if not _TWELVE_DIGITS.match(side):
        return False
    groups = [group for group in _GROUP.findall(_lay_aside(side)) if not is_corporate_number(group)]
    if sum(map(len, groups)) == 12:
        return True
    row = SEPARATOR.join(groups)
    return any(_may_be_number(window[1]) for window in windows(row)) or any(map(hides_my_number, groups))


def _lay_aside(side: str) -> str:
    return _TELEPHONES.sub("/", _NOTATION.sub("/", side))


def _may_be_number(window: str) -> bool:
    return shape_of(window) != OTHER_GROUPING or is_my_number(window.replace(SEPARATOR, ""))
