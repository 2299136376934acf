"""What an insurer decides about matching (突合の規則).

Decides   that an insurer may ask for more care than the product and never for less; that every change is a new
          version with its author; which rules a look-up follows, and by which name.
Not here  the insurer's own kanji pairs, which do widen: workflow/own_variants.py.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from inquiry.domain.errors import Forbidden, InvalidValue, Superseded
from inquiry.matching.grades import Grade
from inquiry.matching.kana import KanaClass
from inquiry.matching.rules import DEFAULT, Rules
from inquiry.store.matching_rules import (
    MatchingRules,
    every_rules,
    hold_rules,
    latest_rules,
    released_pairs,
)
from inquiry.workflow.work import Work

# The largest number an insurer may set; all but the last are the product's defaults, and smaller is more careful.
# How often near misses are looked at in a day follows from the size of the insurer.
LARGEST: Final[Mapping[str, int]] = {
    "namesakes_allowed": 5,
    "vanish_percent": 5,
    "near_miss_per_inquiry": 3,
    "near_miss_per_day": 1_000,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an insurer may set; the defaults are the product's.

    :raises InvalidValue: if a number is out of its range, naming the field.
    """

    contested_variants: Grade = Grade.EQUAL
    kana_to_confirm: frozenset[KanaClass] = frozenset()
    namesakes_allowed: int = 5  # so many of one name on the roster, and nobody is asked; 0 asks always
    vanish_percent: int = 5  # an import by which more of the roster would vanish must be confirmed
    near_miss_per_inquiry: int = 3
    near_miss_per_day: int = 50  # of the whole insurer

    def __post_init__(self) -> None:
        for name, largest in LARGEST.items():
            if not 0 <= getattr(self, name) <= largest:
                raise InvalidValue("matching_rules:out_of_range", field=name)
        if self.contested_variants is Grade.DIFFERENT:
            raise InvalidValue("matching_rules:out_of_range", field="contested_variants")


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of an insurer's settings, and who set it when; number 0 is the product's own."""

    settings: Settings
    number: int = 0
    at: datetime | None = None
    by_name: str = ""


def settings_of(work: Work, insurer_id: str) -> Settings:
    """Return what is in force for an insurer."""
    return _edition(latest_rules(work.session, insurer_id)).settings


def rules_of(work: Work, insurer_id: str) -> Rules:
    """Return the rules by which an insurer's look-ups are decided.

    Their version names the product's rules, the insurer's settings, and how often pairs were released or withdrawn.
    """
    edition = _edition(latest_rules(work.session, insurer_id))
    pairs = released_pairs(work.session, insurer_id)
    events = len(pairs) + sum(not holds for _, _, holds in pairs)
    settings, is_own = edition.settings, edition.number or events
    return Rules(
        version=f"{DEFAULT.version}+{edition.number}.{events}" if is_own else DEFAULT.version,
        contested_variants=settings.contested_variants,
        kana_to_confirm=settings.kana_to_confirm,
        namesakes_allowed=settings.namesakes_allowed,
        own_variants=frozenset((one, other) for one, other, holds in pairs if holds),
    )


def acting_insurer(work: Work) -> str:
    """Return the insurer whose rules the actor may see and change.

    :raises Forbidden: if the actor is of no insurer.
    """
    if work.actor.insurer_id is None:
        raise Forbidden("matching_rules:insurers_only")
    return work.actor.insurer_id


def editions(work: Work) -> list[Edition]:
    """Return every version of the acting insurer's settings, the newest first; the product's own stands last."""
    return [*(_edition(row) for row in every_rules(work.session, acting_insurer(work))), Edition(Settings())]


def change(work: Work, settings: Settings, *, number: int) -> None:
    """Set the acting insurer's rules; what was set before stays to be read.

    :raises Superseded: if another version than `number` is in force by now.
    """
    insurer_id = acting_insurer(work)
    hold_rules(work.session, insurer_id)
    latest = latest_rules(work.session, insurer_id)
    if _edition(latest).number != number:
        raise Superseded(by=latest.set_by_name if latest else "")
    row = MatchingRules(
        insurer_id=insurer_id,
        number=number + 1,
        set_at=work.now,
        set_by=work.actor.account_id,
        set_by_name=work.actor.display_name,
        **_columns(settings),
    )
    work.session.add(row)
    work.session.flush()
    work.record("matching_rules:changed", insurer=insurer_id, version=str(row.number))


def _columns(settings: Settings) -> dict[str, Any]:
    return {
        **asdict(settings),
        "contested_variants": settings.contested_variants.value,
        "kana_to_confirm": sorted(settings.kana_to_confirm),
    }


def _edition(row: MatchingRules | None) -> Edition:
    if row is None:
        return Edition(Settings())
    settings = Settings(
        contested_variants=Grade(row.contested_variants),
        kana_to_confirm=frozenset(map(KanaClass, row.kana_to_confirm)),
        **{name: getattr(row, name) for name in LARGEST},
    )
    return Edition(settings, row.number, row.set_at, row.set_by_name)
