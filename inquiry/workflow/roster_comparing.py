"""What a roster would change beside the one in force, and which words that needs (名簿の比較と確認).

Decides   which changes need a word from whoever brings a roster into force, and which no word lifts. The same is asked
          of a roster that was loaded and of the one before, since both end what the one in force says. It is asked in a
          reading, since everybody may have to be counted for it, and holds for as long as the same roster is in force.
Not here  bringing it into force: workflow/roster_switching.py.
"""

from dataclasses import dataclass
from typing import Any, Final

from inquiry.domain.errors import NotFound, Superseded
from inquiry.store import rolls
from inquiry.store.rosters import Roll, RosterGeneration, Stage, active_generation, generations_at, was_changed_since
from inquiry.workflow.matching_rules import settings_of
from inquiry.workflow.roster_sealing import current_forms
from inquiry.workflow.work import Work

PAST_WORDS: Final = frozenset(  # refusals that no word lifts
    {"roster:nobody", "roster:loaded_before_changes", "roster:made_before_update"}
)
FEWEST_OTHERS: Final = 5  # people in one file of differences; as many may well marry on one day
_NOT_THERE: Final = {Stage.LOADED: "roster:not_loaded", Stage.PREVIOUS: "roster:not_previous"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What switching over would change: how many people are on the roster in force, and how many of them would go.

    `opens` says that people may be 不開示 now, or were when they left, who would not be any more, because a file says
    so of nobody, or the roster before was written before somebody said so; `loses_changes` that differences were taken
    over since, and would be undone; `finds_nobody` that the keys of the roster before were made by other normal forms;
    `is_older` that a file was written before the roster in force, or its last differences;
    `others` are the people of whose 加入者ID the other roster says another name, birth date or sex; `changed` those
    whom the differences of a day change in any way, 0 for a whole file.
    """

    generation_id: str  # of the roster in force; empty where there is none
    persons: int
    vanishing: int
    allowed_percent: int
    opens: bool = False
    loses_changes: bool = False
    finds_nobody: bool = False
    is_older: bool = False
    others: int = 0
    changed: int = 0

    @property
    def is_striking(self) -> bool:
        """Say whether more would vanish than may without a word; a cut-off file looks like people who left."""
        return self._is_many(self.vanishing)

    @property
    def is_of_others(self) -> bool:
        """Say whether more would be somebody else than may without a word: another insurer may number alike.

        Of a day's differences few change who somebody is; where most do, they are somebody else's differences.
        """
        return self._is_many(self.others) or (0 < self.changed < 2 * self.others and self.others >= FEWEST_OTHERS)

    def _is_many(self, people: int) -> bool:
        return people * 100 > self.persons * self.allowed_percent


def comparison(work: Work, insurer_id: str, generation_id: str) -> Comparison:
    """Compare a roster that was loaded, or the one before, with the one in force; nobody is opened for it.

    A whole file was compared when it was loaded, there and back; everybody is gone through again only if it is to stand
    beside another roster now, or differences came since.

    :raises NotFound: if there is no such import of this insurer, or it cannot come into force.
    """
    other = work.session.get(RosterGeneration, generation_id)
    is_before = other is not None and other.insurer_id == insurer_id and other.stage == Stage.PREVIOUS
    if other is None or not is_before:
        other = at_stage(Stage.LOADED, other, insurer_id)
    allowed = settings_of(work, insurer_id).vanish_percent
    active = active_generation(work.session, insurer_id)
    if active is None:
        return Comparison("", 0, 0, allowed)
    made = _made(work, active, other)
    return Comparison(
        active.id,
        made["persons"],
        made["vanishing"],
        allowed,
        opens=_protects(active) and (is_before or not (other.report or {}).get("withholds")),
        loses_changes=active.is_difference and _was_changed_after(work, other),
        finds_nobody=is_before and work.session.get_one(Roll, other.roll_number).forms != current_forms(),
        is_older=not is_before and _was_written_before(other, active),
        others=made["others"],
    )


def _was_written_before(other: RosterGeneration, active: RosterGeneration) -> bool:
    return other.as_of is not None and active.as_of is not None and other.as_of < active.as_of


def _made(work: Work, active: RosterGeneration, other: RosterGeneration) -> dict[str, Any]:
    """Return what was found when one of two rosters was loaded beside the other, made anew where it was beside a third.

    Nobody comes to or leaves a generation: differences make the next one.
    """
    there, back = (((each.report or {}).get("compared") or {}) for each in (other, active))
    if there.get("with") == active.id and "others" in there:
        return there
    if back.get("with") == other.id and "coming" in back:
        return {"persons": active.persons, "vanishing": back["coming"], "others": back["others"]}
    return compared(work, active, other)


def _was_changed_after(work: Work, other: RosterGeneration) -> bool:
    """Say whether differences that changed anybody came after a roster was loaded, or after it was in force."""
    beside = ((other.report or {}).get("compared") or {}).get("with", "")
    since = other.in_force_at or other.imported_at
    return was_changed_since(work.session, other.insurer_id, since, besides=(other.id, beside))


def may_withhold(generation: RosterGeneration) -> bool:
    """Say whether somebody on a roster may be 不開示; of an import that did not write it down nobody knows."""
    return bool((generation.report or {}).get("withholds", True))


def _protects(generation: RosterGeneration) -> bool:
    """Say whether somebody on a roster may be 不開示, or was when they left it."""
    return may_withhold(generation) or bool(gone_shut(generation))


def gone_shut(generation: RosterGeneration) -> list[str]:
    """Return, sealed, who was 不開示 when they left a roster, and has not come back."""
    return list((generation.report or {}).get("gone_shut", ()))


def forgetting_gone(generation: RosterGeneration) -> dict[str, Any] | None:
    """Return the report of a roster that is over: it names nobody."""
    return {**generation.report, "gone_shut": []} if generation.report and gone_shut(generation) else generation.report


def compared(work: Work, active: RosterGeneration | None, newer: RosterGeneration) -> dict[str, Any]:
    """Return what a report keeps of a comparison with the roster in force, empty where there is none."""
    if active is None or active.roll_number is None or newer.roll_number is None:
        return {}
    persons = rolls.how_many(work.session, active.roll_number)
    vanishing = rolls.missing_from(work.session, active.roll_number, newer.roll_number)
    others = _others(work, active.roll_number, newer.roll_number)
    return {"with": active.id, "persons": persons, "vanishing": vanishing, "others": others}


def compared_there_and_back(work: Work, active: RosterGeneration | None, newer: RosterGeneration) -> dict[str, Any]:
    """Return what a report keeps of a comparison, and how many would vanish by going back from the newer one."""
    made = compared(work, active, newer)
    if made and active is not None:
        made["coming"] = rolls.missing_from(work.session, newer.roll_number or 0, active.roll_number or 0)
    return made


def _others(work: Work, number: int, newer: int) -> int:
    one, other = (work.session.get_one(Roll, each) for each in (number, newer))
    is_made_alike = (one.forms, one.key_generation) == (other.forms, other.key_generation)
    return rolls.others_on(work.session, number, newer) if is_made_alike else 0


def at_stage(stage: Stage, generation: RosterGeneration | None, insurer_id: str) -> RosterGeneration:
    """Return an import of an insurer that waits to be switched to, or the one before, as is asked for.

    :raises NotFound: if it is absent, another insurer's, or stands elsewhere.
    """
    if generation is None or generation.insurer_id != insurer_id or generation.stage != stage:
        raise NotFound(_NOT_THERE[stage])
    return generation


def before(work: Work, insurer_id: str) -> RosterGeneration:
    """Return the roster before the one in force.

    :raises NotFound: if there is none.
    """
    earlier = generations_at(work.session, insurer_id, Stage.PREVIOUS)
    if not earlier:
        raise NotFound(_NOT_THERE[Stage.PREVIOUS])
    return earlier[0]


@dataclass(frozen=True, slots=True)
class Consent:
    """What whoever imports has seen and accepts: bad rows left out, people vanishing or being somebody else,
    不開示 ending, an older file.

    `compared_with` is the id of the roster beside which it was shown, None if nothing was shown to anybody.
    """

    skips_bad: bool = False
    allows_vanishing: bool = False
    allows_opening: bool = False
    allows_older: bool = False
    allows_others: bool = False
    compared_with: str | None = None


def lacking_by_day(compared: Comparison, consent: Consent) -> tuple[str, ...]:
    """Return the code of everything that keeps the differences of a day from being taken over; each needs a word."""
    asked = {
        "roster:many_removed": compared.is_striking and not consent.allows_vanishing,
        "roster:many_others": compared.is_of_others and not consent.allows_others,
    }
    return tuple(code for code, keeps_it in asked.items() if keeps_it)


def lacking(generation: RosterGeneration, compared: Comparison, consent: Consent) -> tuple[str, ...]:
    """Return the code of everything that keeps a roster from coming into force, each of which is refused.

    Of the roster before only what it takes from the one in force is asked: it was in force once, bad rows and all.
    """
    asked = {
        "roster:made_before_update": compared.finds_nobody,
        "roster:vanishing": compared.is_striking and not consent.allows_vanishing,
        "roster:others": compared.is_of_others and not consent.allows_others,
        "roster:opens_withheld": compared.opens and not consent.allows_opening,
    }
    if generation.stage != Stage.PREVIOUS:
        asked = {
            "roster:bad_rows": bool((generation.report or {}).get("wrong_rows")) and not consent.skips_bad,
            "roster:nobody": generation.persons == 0,
            "roster:loaded_before_changes": compared.loses_changes,
            "roster:older": compared.is_older and not consent.allows_older,
            **asked,
        }
    return tuple(code for code, keeps_it in asked.items() if keeps_it)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A roster beside the one in force: what it would change, every word that needs, and those nobody gave."""

    insurer_id: str
    generation_id: str
    compared: Comparison
    needed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def weighed(
    work: Work, insurer_id: str, generation_id: str, consent: Consent, *, stage: Stage = Stage.LOADED
) -> Weighed:
    """Compare a roster with the one in force, and say what keeps it from coming into force, or back.

    :raises NotFound: as `at_stage`.
    :raises Superseded: if another roster came into force since the comparison was shown.
    """
    generation = at_stage(stage, work.session.get(RosterGeneration, generation_id), insurer_id)
    compared = comparison(work, insurer_id, generation_id)
    if consent.compared_with not in (None, compared.generation_id):
        raise Superseded
    needed, missing = (lacking(generation, compared, each) for each in (Consent(), consent))
    return Weighed(insurer_id, generation_id, compared, needed, missing)
