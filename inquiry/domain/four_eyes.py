"""When a second person must release an answer (複数人での確認): never, for some kinds, or always.

Source    memo annex STEP2 ⑤: what leaves cannot be called back.
Decides   whether this answer waits for a release under an insurer's rule.
Not here  who may release: workflow/four_eyes.py. Which items are sensitive: domain/item.py.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from inquiry.domain.item import item
from inquiry.domain.reply import ReplyKind


class Requirement(StrEnum):
    """How often a second person looks."""

    NEVER = "never"  # 求めない
    SOME = "some"  # 選んだ種類だけ
    ALWAYS = "always"  # すべて


class Trigger(StrEnum):
    """What kind of answer a second person looks at."""

    SEVERAL_ITEMS = "several_items"  # 複数の項目
    SENSITIVE_ITEMS = "sensitive_items"  # 要配慮の項目
    NEW_ADDRESS = "new_address"  # はじめての送り先


@dataclass(frozen=True, slots=True)
class Rule:
    """What an insurer set; without a word of its own nobody waits, since a small one may have one officer."""

    requirement: Requirement = Requirement.NEVER
    triggers: frozenset[Trigger] = frozenset()


def needs_release(rule: Rule, kind: ReplyKind, *, items: Collection[str], is_address_new: bool) -> bool:
    """Say whether an answer with these items waits for a second person; 該当者なし does only where all do."""
    if rule.requirement is not Requirement.SOME:
        return rule.requirement is Requirement.ALWAYS
    if kind is ReplyKind.NOT_FOUND:
        return False
    met = {
        Trigger.SEVERAL_ITEMS: len(items) > 1,
        Trigger.SENSITIVE_ITEMS: any(item(code).is_sensitive for code in items),
        Trigger.NEW_ADDRESS: is_address_new,
    }
    return any(met[trigger] for trigger in rule.triggers)


def is_looser(rule: Rule, earlier: Rule) -> bool:
    """Say whether an answer that waited under the earlier rule need not wait under this one."""
    return not _waiting(rule) >= _waiting(earlier)


def _waiting(rule: Rule) -> frozenset[str]:
    """Return what waits under a rule: the kinds of answers, and with every answer whatever is of no kind."""
    if rule.requirement is Requirement.ALWAYS:
        return frozenset({*Trigger, "everything else"})
    return frozenset(rule.triggers) if rule.requirement is Requirement.SOME else frozenset()
