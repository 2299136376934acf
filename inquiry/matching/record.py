"""A decision and its rules as they are kept, so that they can be replayed (判定の記録).

Decides   the bytes of a decision: equal decisions give equal bytes, and whatever differs between two shows in them.
Not here  keeping and replaying: workflow/deciding.py.
"""

import json
from typing import Any

from inquiry.domain.member import MemberId
from inquiry.matching.decide import Candidate, Decision
from inquiry.matching.grades import Comparison, Grade
from inquiry.matching.kana import KanaClass
from inquiry.matching.rules import Rules


def canonical(decision: Decision) -> bytes:
    """Return a decision as bytes: who was found, every candidate with every reason, and by which rules."""
    said = {
        "finding": decision.finding,
        "member": decision.member_id,
        "candidates": [_candidate(each) for each in decision.candidates],
        "common": decision.is_common_name,
        "rules": decision.rule_version,
        "table": decision.table_digest,
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def reasons_in(said: bytes) -> dict[MemberId, list[Any]]:
    """Return by 加入者ID how every candidate of a decision kept so compares, identifier by identifier, and why."""
    return {MemberId(each["member"]): each["comparisons"] for each in json.loads(said)["candidates"]}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "member": candidate.member_id,
        "grade": candidate.grade,
        "fit": int(candidate.fit),
        "comparisons": [_comparison(each) for each in candidate.comparisons],
    }


def _comparison(comparison: Comparison) -> list[Any]:
    return [comparison.identifier, comparison.grade, list(comparison.reasons)]


def rules_as_json(rules: Rules) -> dict[str, Any]:
    """Return rules in the shape in which they are kept."""
    return {
        "version": rules.version,
        "contested_variants": rules.contested_variants,
        "kana_to_confirm": sorted(rules.kana_to_confirm),
        "own_variants": sorted(list(pair) for pair in rules.own_variants),
        "namesakes_allowed": rules.namesakes_allowed,
    }


def rules_from(stored: dict[str, Any]) -> Rules:
    """Return the rules that `rules_as_json` stored."""
    return Rules(
        version=stored["version"],
        contested_variants=Grade(stored["contested_variants"]),
        kana_to_confirm=frozenset(KanaClass(each) for each in stored["kana_to_confirm"]),
        own_variants=frozenset((one, other) for one, other in stored["own_variants"]),
        namesakes_allowed=stored["namesakes_allowed"],
    )
