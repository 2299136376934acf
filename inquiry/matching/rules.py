"""What an insurer may set about matching, every setting in the direction of more care (突合の規則).

Decides   the defaults; which spelling an insurer wants an officer to look at; the insurer's own kanji pairs.
Not here  who releases such a pair, and with what evidence: workflow/.
"""

from dataclasses import dataclass

from inquiry.matching.grades import Grade
from inquiry.matching.kana import KanaClass


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one decision; `version` names them in the record, so that replaying gives the same bytes."""

    version: str = "2026-6"
    contested_variants: Grade = Grade.EQUAL  # Grade.CONFIRM switches the contested list off
    kana_to_confirm: frozenset[KanaClass] = frozenset()
    own_variants: frozenset[tuple[str, str]] = frozenset()
    namesakes_allowed: int = 5  # people of one name and sex within five birth years; more than that is a common name

    def has_own_variant(self, one: str, other: str) -> bool:
        """Say whether the insurer released these two characters as one name, in either order."""
        return (one, other) in self.own_variants or (other, one) in self.own_variants


DEFAULT = Rules()
