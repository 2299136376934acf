"""What tells a number that was heard from the main line, in words for those who listen to the page (聞き取った番号)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from inquiry.directory.look_alikes import Comparison, differences
from inquiry.web import labels
from inquiry.workflow.resembling import Resemblance

_GAP: Final = "＿"


@dataclass(frozen=True, slots=True)
class Heard:
    """The number that came with an inquiry beside the true one: digits with marks, and the same in words."""

    likeness: str
    is_look_alike: bool
    heard: list[tuple[str, bool]]
    true: list[tuple[str, bool]]
    words: list[str]


def heard_words(found: Comparison) -> Heard:
    """Lay both numbers out digit by digit; the words name each difference of a look-alike by its place."""
    pairs = found.pairs
    return Heard(
        likeness=labels.LIKENESS[found.likeness],
        is_look_alike=found.is_look_alike,
        heard=[(mine or _GAP, mine != true) for true, mine in pairs],
        true=[(true or _GAP, mine != true) for true, mine in pairs],
        words=list(_differences(found)) if found.is_look_alike else [],
    )


def beside_owners(found: Iterable[Resemblance]) -> list[tuple[str, Heard]]:
    """Return whose numbers were resembled, each laid out beside the one that was typed."""
    return [(each.owner.name, heard_words(differences(each.seen, each.true))) for each in found]


def _differences(found: Comparison) -> Iterator[str]:
    for place, (true, mine) in enumerate(found.pairs, 1):
        if not true:
            yield f"{place}桁目に「{mine}」が余分にあります"
        elif not mine:
            yield f"{place}桁目の「{true}」がありません"
        elif mine != true:
            yield f"{place}桁目は名簿が「{true}」、聞き取りは「{mine}」"
