"""Which answers wait for a second person."""

import pytest

from inquiry.domain.four_eyes import Requirement, Rule, Trigger, is_looser, needs_release
from inquiry.domain.reply import ReplyKind

ONE, TWO = ("SHIKAKU-06",), ("SHIKAKU-06", "SHIKAKU-07")
ILLNESS = ("TOKUTEI-01",)
NEVER, ALWAYS = Rule(), Rule(Requirement.ALWAYS)


def some(*triggers):
    return Rule(Requirement.SOME, frozenset(triggers))


#  rule                             items    new address  waits
TABLE = [
    (NEVER, ILLNESS, True, False),
    (ALWAYS, ONE, False, True),
    (some(Trigger.SEVERAL_ITEMS), ONE, True, False),
    (some(Trigger.SEVERAL_ITEMS), TWO, False, True),
    (some(Trigger.SENSITIVE_ITEMS), TWO, True, False),
    (some(Trigger.SENSITIVE_ITEMS), ILLNESS, False, True),
    (some(Trigger.NEW_ADDRESS), TWO, False, False),
    (some(Trigger.NEW_ADDRESS), ONE, True, True),
    (some(*Trigger), ONE, False, False),
]


@pytest.mark.parametrize(("rule", "items", "is_address_new", "waits"), TABLE)
def test_an_answer_waits_as_the_insurer_set_it(rule, items, is_address_new, waits):
    assert needs_release(rule, ReplyKind.ANSWER, items=items, is_address_new=is_address_new) is waits


@pytest.mark.parametrize(("rule", "waits"), [(NEVER, False), (some(*Trigger), False), (ALWAYS, True)])
def test_nobody_found_waits_only_where_everything_does(rule, waits):
    assert needs_release(rule, ReplyKind.NOT_FOUND, items=TWO, is_address_new=True) is waits


SENSITIVE, SEVERAL = some(Trigger.SENSITIVE_ITEMS), some(Trigger.SEVERAL_ITEMS)
EVERY_KIND = some(*Trigger)

#  earlier     now         looser
LOOSER = [
    (NEVER, NEVER, False),
    (NEVER, ALWAYS, False),
    (ALWAYS, NEVER, True),
    (ALWAYS, EVERY_KIND, True),  # 該当者なし waited as well
    (EVERY_KIND, ALWAYS, False),
    (SENSITIVE, EVERY_KIND, False),
    (EVERY_KIND, SENSITIVE, True),
    (SENSITIVE, SEVERAL, True),
    (SENSITIVE, SENSITIVE, False),
    (SENSITIVE, NEVER, True),
]


@pytest.mark.parametrize(("earlier", "now", "looser"), LOOSER)
def test_a_rule_is_looser_where_an_answer_that_waited_would_wait_no_longer(earlier, now, looser):
    assert is_looser(now, earlier) is looser
