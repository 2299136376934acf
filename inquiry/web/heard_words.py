"""What tells a number, domain or name from the true one, in words for those who listen to the page (似た番号等)."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from inquiry.directory.like_domains import as_seen
from inquiry.directory.like_letters import letters_apart
from inquiry.directory.look_alikes import Comparison, differences
from inquiry.web import labels
from inquiry.workflow.resembling import Likened, Resemblance

_GAP: Final = "＿"
_SCRIPTS: Final = {"CYRILLIC": "キリル文字", "GREEK": "ギリシャ文字", "FULLWIDTH": "全角"}
_FEW: Final = 2
# What the number that is laid beside the true one is called: somebody said it, or typed it into a change.
HEARD: Final = "聞き取り"
TYPED: Final = "入力"
WHAT: Final = {Likened.NUMBER: "番号", Likened.DOMAIN: "メールドメイン", Likened.NAME: "名称"}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was typed beside the true one: digits or letters with marks, and the same in words."""

    likeness: str
    is_look_alike: bool
    heard: list[tuple[str, bool]]
    true: list[tuple[str, bool]]
    words: list[str]
    what: str = WHAT[Likened.NUMBER]


def heard_words(found: Comparison, *, said: str = HEARD) -> Heard:
    """Lay both numbers out digit by digit; the words name each difference of a look-alike by its place."""
    pairs = found.pairs
    return Heard(
        likeness=labels.LIKENESS[found.likeness],
        is_look_alike=found.is_look_alike,
        heard=[(mine or _GAP, mine != true) for true, mine in pairs],
        true=[(true or _GAP, mine != true) for true, mine in pairs],
        words=list(_differences(found, said)) if found.is_look_alike else [],
    )


def beside_owners(found: Iterable[Resemblance], *, said: str = HEARD) -> list[tuple[str, Heard]]:
    """Return whose numbers, domains and names were resembled, each laid out beside the one that was typed."""
    return [(each.owner.name, _laid_out(each, said)) for each in found]


def _laid_out(each: Resemblance, said: str) -> Heard:
    if each.what is Likened.NUMBER:
        return heard_words(differences(each.seen, each.true), said=said)
    return letter_words(each.seen, each.true, what=each.what)


def replaced_words(old: str, new: str, *, what: Likened) -> Heard:
    """Lay what a change puts in the place of a domain or name beside it; it resembles, if few letters differ."""
    beside = letter_words(new, old, what=what)
    differing = sum(differs for _letter, differs in beside.true)
    return replace(beside, is_look_alike=0 < differing <= _FEW)


def letter_words(typed: str, true: str, *, what: Likened) -> Heard:
    """Lay a domain or name out letter by letter beside the true one."""
    shown = as_seen(typed) if what is Likened.DOMAIN else typed
    pairs = letters_apart(shown, true)
    words = list(_letters_differing(pairs)) or [f"同じ{WHAT[what]}です"]
    if shown != typed:
        words.append(f"入力された綴りは「{typed}」です")
    return Heard(
        likeness="",
        is_look_alike=True,
        heard=[(mine or _GAP, mine != theirs) for theirs, mine in pairs],
        true=[(theirs or _GAP, mine != theirs) for theirs, mine in pairs],
        words=words,
        what=WHAT[what],
    )


def _letters_differing(pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for place, (true, mine) in enumerate(pairs, 1):
        if not true:
            yield f"{place}文字目に「{_named(mine)}」が余分にあります"
        elif not mine:
            yield f"{place}文字目の「{_named(true)}」がありません"
        elif mine != true:
            yield f"{place}文字目は名簿が「{_named(true)}」、入力は「{_named(mine)}」"


def _named(letter: str) -> str:
    """Return a letter, with its script where the eye takes it for a Latin one."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return f"{letter}（{_SCRIPTS[script]}）" if script in _SCRIPTS else letter


def _differences(found: Comparison, said: str) -> Iterator[str]:
    for place, (true, mine) in enumerate(found.pairs, 1):
        if not true:
            yield f"{place}桁目に「{mine}」が余分にあります"
        elif not mine:
            yield f"{place}桁目の「{true}」がありません"
        elif mine != true:
            yield f"{place}桁目は名簿が「{true}」、{said}は「{mine}」"
