"""Kanji pairs that an insurer takes for one name: proposed with evidence, released by a second person (異体字の登録).

Decides   that nobody widens the matching alone, nor for a single inquiry; that a pair is two kanji which the product
          does not take for one already; that a withdrawn pair no longer counts.
Not here  what a pair does to a comparison: matching/written.py. Which pairs hold: workflow/matching_rules.py.
"""

from enum import StrEnum

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.inquiry import State
from inquiry.matching.kanji import Kinship, WrittenName, is_kanji, kinship
from inquiry.security import guard
from inquiry.store.inquiries import count_by_state
from inquiry.store.matching_rules import OwnVariant, hold_rules, own_variant, own_variants
from inquiry.workflow.matching_rules import acting_insurer
from inquiry.workflow.work import Work


class Standing(StrEnum):
    """How far a pair has come."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


def standing(variant: OwnVariant) -> Standing:
    """Return whether a pair is proposed, in force, or withdrawn."""
    if variant.withdrawn_at is not None:
        return Standing.WITHDRAWN
    return Standing.PROPOSED if variant.released_at is None else Standing.IN_FORCE


def variants_of(work: Work) -> list[OwnVariant]:
    """Return every pair of the acting insurer, the newest first."""
    return own_variants(work.session, acting_insurer(work))


def variant_of(work: Work, variant_id: str) -> OwnVariant:
    """Return one pair of the acting insurer.

    :raises NotFound: if there is none, or it is another insurer's.
    """
    found = own_variant(work.session, acting_insurer(work), variant_id)
    if found is None:
        raise NotFound("own_variant:not_found")
    return found


def propose(work: Work, one: str, other: str, *, evidence: str) -> OwnVariant:
    """Propose two characters as one name; they count once somebody else has released them.

    :raises InvalidValue: if they are no two different kanji, are one already, or nothing bears them out.
    """
    guard.enforce({"evidence": evidence})
    pair = tuple(sorted((_kanji(one, field="one"), _kanji(other, field="other"))))
    if not evidence.strip():
        raise InvalidValue("own_variant:evidence_missing", field="evidence")
    kin = kinship(*pair)
    if kin is Kinship.SAME:
        raise InvalidValue("own_variant:same_character", field="other")
    if kin is Kinship.VARIANT:
        raise InvalidValue("own_variant:variant_already", field="other")
    insurer_id = acting_insurer(work)
    hold_rules(work.session, insurer_id)
    if any(pair == (row.one, row.other) for row in variants_of(work) if standing(row) is not Standing.WITHDRAWN):
        raise InvalidValue("own_variant:proposed_already", field="other")
    row = OwnVariant(
        insurer_id=insurer_id,
        one=pair[0],
        other=pair[1],
        evidence=evidence.strip(),
        proposed_at=work.now,
        proposed_by=work.actor.account_id,
        proposed_by_name=work.actor.display_name,
    )
    work.session.add(row)
    work.session.flush()
    _record(work, "matching_rules:variant_proposed", row)
    return row


def release(work: Work, variant_id: str) -> OwnVariant:
    """Let a pair count from now on.

    :raises Forbidden: if the same person proposed it.
    :raises Superseded: if somebody released or withdrew it first.
    """
    hold_rules(work.session, acting_insurer(work))
    row = variant_of(work, variant_id)
    if standing(row) is not Standing.PROPOSED:
        raise Superseded(by=row.withdrawn_by_name or row.released_by_name)
    if row.proposed_by == work.actor.account_id:
        raise Forbidden("own_variant:second_person")
    row.released_at, row.released_by = work.now, work.actor.account_id
    row.released_by_name = work.actor.display_name
    _record(work, "matching_rules:variant_released", row)
    return row


def withdraw(work: Work, variant_id: str, *, reason: str) -> OwnVariant:
    """Let a pair count no longer, or reject a proposed one; either may be proposed again.

    :raises InvalidValue: if the reason is missing.
    :raises Superseded: if somebody withdrew it first.
    """
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("own_variant:reason_missing", field="reason")
    hold_rules(work.session, acting_insurer(work))
    row = variant_of(work, variant_id)
    if standing(row) is Standing.WITHDRAWN:
        raise Superseded(by=row.withdrawn_by_name)
    row.withdrawn_at, row.withdrawn_reason = work.now, reason.strip()
    row.withdrawn_by, row.withdrawn_by_name = work.actor.account_id, work.actor.display_name
    _record(work, "matching_rules:variant_withdrawn", row)
    return row


def to_match_again(work: Work) -> tuple[int, int]:
    """Return how many inquiries stand before ④, and how many found nobody there and are not answered yet.

    The former are matched by the rules in force when they are looked at; the latter are looked at again on a release.
    """
    numbers = count_by_state(work.session, work.scope)
    return numbers.get(State.CONFIRMED, 0), numbers.get(State.NOT_FOUND, 0)


def _kanji(text: str, *, field: str) -> str:
    """Return one kanji as the matching sees it, without variation selectors."""
    strict = WrittenName.of(text.strip()).strict
    if len(strict) != 1 or not is_kanji(strict) or strict == "々":
        raise InvalidValue("own_variant:not_one_kanji", field=field)
    return strict


def _record(work: Work, happened: str, row: OwnVariant) -> None:
    work.record(happened, insurer=row.insurer_id, entry=row.id, pair=f"U{ord(row.one):04X}-U{ord(row.other):04X}")
