"""What tells a number, domain or name from the true one, in words for those who listen to the page (似た番号等)."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from inquiry.directory.like_domains import as_seen
from inquiry.directory.like_letters import letters_apart
from inquiry.directory.look_alikes import Comparison, differences
from inquiry.domain.parties import Entrance
from inquiry.store.inquiries import Inquiry
from inquiry.web import labels
from inquiry.workflow.resembling import Likened, Resemblance

_GAP: Final = "＿"
_SCRIPTS: Final = {"CYRILLIC": "キリル文字", "GREEK": "ギリシャ文字", "FULLWIDTH": "全角"}
_FEW: Final = 2
# How what is compared came to be known, as the words about it say.
TYPED: Final = "入力"
HEARD: Final = "聞き取り"
ON_SHEET: Final = "照会書"
NEW: Final = "変更後"
PROPOSED: Final = "提案"
# What it is compared with: an entry in force, or another desk of the same proposal.
LISTED: Final = "名簿"
BESIDE_IT: Final = "同じ提案の窓口"
MAIN_DESK: Final = "主たる窓口"
WHAT: Final = {Likened.NUMBER: "番号", Likened.DOMAIN: "メールドメイン", Likened.NAME: "名称"}


def known_of(inquiry: Inquiry) -> dict[str, str]:
    """Say how what came with an inquiry came to be known: in a word beside it, and before a noun."""
    if inquiry.entrance == Entrance.SYSTEM:
        return {"known": ON_SHEET, "known_as": "照会書に書かれた"}
    return {"known": HEARD, "known_as": "聞き取った"}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was typed beside the true one: digits or letters with marks, and the same in words.

    `against` is what the true one is called.
    """

    likeness: str
    is_look_alike: bool
    heard: list[tuple[str, bool]]
    true: list[tuple[str, bool]]
    words: list[str]
    what: str = WHAT[Likened.NUMBER]
    against: str = LISTED

    @property
    def is_same(self) -> bool:
        """Say whether nothing tells them apart."""
        return not any(differs for _sign, differs in self.true)


def heard_words(found: Comparison, *, known: str = TYPED, against: str = LISTED) -> Heard:
    """Lay both numbers out digit by digit; the words name each difference of a look-alike by its place.

    `known` says how the number came to be known, `against` with what it is compared.
    """
    pairs = found.pairs
    return Heard(
        likeness=labels.LIKENESS[found.likeness],
        is_look_alike=found.is_look_alike,
        heard=[(mine or _GAP, mine != true) for true, mine in pairs],
        true=[(true or _GAP, mine != true) for true, mine in pairs],
        words=list(_differences(found, known, against)) if found.is_look_alike else [],
        against=against,
    )


def beside_owners(
    found: Iterable[Resemblance], *, known: str = TYPED, against: str = LISTED
) -> list[tuple[str, Heard]]:
    """Return whose numbers, domains and names were resembled, each laid out beside the one that was typed."""
    return [(_owner_of(each), _laid_out(each, known, against)) for each in found]


def _owner_of(each: Resemblance) -> str:
    return (each.owner.desk or MAIN_DESK) if each.is_own else each.owner.name


def _laid_out(each: Resemblance, known: str, against: str) -> Heard:
    if each.what is Likened.NUMBER:
        return heard_words(differences(each.seen, each.true), known=known, against=against)
    return letter_words(each.seen, each.true, what=each.what, known=known, against=against)


def replaced_words(old: str, new: str, *, what: Likened) -> Heard:
    """Lay what a change puts in the place of a domain or name beside it; it resembles, if few letters differ."""
    beside = letter_words(new, old, what=what, known=NEW)
    differing = sum(differs for _letter, differs in beside.true)
    return replace(beside, is_look_alike=0 < differing <= _FEW)


def letter_words(typed: str, true: str, *, what: Likened, known: str = TYPED, against: str = LISTED) -> Heard:
    """Lay a domain or name out letter by letter beside the true one."""
    shown = as_seen(typed) if what is Likened.DOMAIN else typed
    pairs = letters_apart(shown, true)
    words = list(_letters_differing(pairs, known, against)) or [f"同じ{WHAT[what]}です"]
    if shown != typed:
        words.append(f"{known}の綴りは「{typed}」です")
    return Heard(
        likeness="",
        is_look_alike=True,
        heard=[(mine or _GAP, mine != theirs) for theirs, mine in pairs],
        true=[(theirs or _GAP, mine != theirs) for theirs, mine in pairs],
        words=words,
        what=WHAT[what],
        against=against,
    )


def _letters_differing(pairs: tuple[tuple[str, str], ...], known: str, against: str) -> Iterator[str]:
    for place, (true, mine) in enumerate(pairs, 1):
        if not true:
            yield f"{place}文字目に「{_named(mine)}」が余分にあります"
        elif not mine:
            yield f"{place}文字目の「{_named(true)}」がありません"
        elif mine != true:
            yield f"{place}文字目は{against}が「{_named(true)}」、{known}は「{_named(mine)}」"


def _named(letter: str) -> str:
    """Return a letter, with its script where the eye takes it for a Latin one."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return f"{letter}（{_SCRIPTS[script]}）" if script in _SCRIPTS else letter


def _differences(found: Comparison, known: str, against: str) -> Iterator[str]:
    for place, (true, mine) in enumerate(found.pairs, 1):
        if not true:
            yield f"{place}桁目に「{mine}」が余分にあります"
        elif not mine:
            yield f"{place}桁目の「{true}」がありません"
        elif mine != true:
            yield f"{place}桁目は{against}が「{true}」、{known}は「{mine}」"
