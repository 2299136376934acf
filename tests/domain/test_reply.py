"""The disclosure gate: every condition of memo annex STEP2 ⑤, one by one."""

from dataclasses import replace
from itertools import product

import pytest

from inquiry.domain.errors import NotDisclosable
from inquiry.domain.findings import Finding
from inquiry.domain.reply import ALL_THREE, Channel, Identifier, Reply, ReplyKind, check_disclosable

ANSWER = Reply(
    kind=ReplyKind.ANSWER,
    channel=Channel.CALL_BACK,
    is_inquirer_confirmed=True,
    finding=Finding.ONE,
    equal=ALL_THREE,
    items_told=frozenset({"SHIKAKU-06"}),
    items_asked=frozenset({"SHIKAKU-06", "SHIKAKU-07"}),
    items_allowed=frozenset({"SHIKAKU-06", "SHIKAKU-07"}),
    is_call_confirmed=True,
)
NOT_FOUND = replace(ANSWER, kind=ReplyKind.NOT_FOUND, finding=Finding.NONE, equal=frozenset(), items_told=frozenset())
QUESTION = replace(NOT_FOUND, kind=ReplyKind.DATES_REQUEST, finding=Finding.SEVERAL)

#  what differs from a reply that passes                                   why it stays shut
SHUT = [
    (ANSWER, {"is_inquirer_confirmed": False}, "gate:inquirer_not_confirmed"),  # ③
    (ANSWER, {"finding": None}, "gate:finding_does_not_allow"),  # ④ not done
    (ANSWER, {"finding": Finding.NONE}, "gate:finding_does_not_allow"),
    (ANSWER, {"finding": Finding.SEVERAL}, "gate:finding_does_not_allow"),
    (ANSWER, {"finding": Finding.CONFIRM}, "gate:finding_does_not_allow"),
    *((ANSWER, {"equal": ALL_THREE - {one}}, "gate:identifiers_not_equal") for one in Identifier),
    (ANSWER, {"items_told": frozenset()}, "gate:no_item_told"),
    (ANSWER, {"items_told": frozenset({"SHIKAKU-10"})}, "gate:item_not_asked"),
    (ANSWER, {"items_allowed": frozenset({"SHIKAKU-07"})}, "gate:item_not_allowed"),
    (ANSWER, {"awaits_release": True}, "gate:not_released"),
    (NOT_FOUND, {"awaits_release": True}, "gate:not_released"),
    (NOT_FOUND, {"is_overtaken": True}, "gate:overtaken"),
    (ANSWER, {"is_call_confirmed": False}, "gate:call_not_confirmed"),  # ⅰ
    (ANSWER, {"channel": Channel.FILE}, "gate:file_not_locked"),  # ⅱ
    (ANSWER, {"channel": Channel.LETTER}, "gate:letter_not_released"),  # iii
    (ANSWER, {"channel": Channel.PAGE}, "gate:page_carries_questions_only"),
    (NOT_FOUND, {"is_call_confirmed": False}, "gate:call_not_confirmed"),  # ※5
    (NOT_FOUND, {"finding": Finding.ONE}, "gate:finding_does_not_allow"),
    (NOT_FOUND, {"items_told": frozenset({"SHIKAKU-06"})}, "gate:nothing_may_be_told"),
    (NOT_FOUND, {"channel": Channel.PAGE}, "gate:page_carries_questions_only"),
    (QUESTION, {"is_call_confirmed": False}, "gate:call_not_confirmed"),  # ※5, ※6
    (QUESTION, {"finding": Finding.ONE}, "gate:finding_does_not_allow"),
]


@pytest.mark.parametrize(("reply", "change", "code"), SHUT)
def test_one_unmet_condition_keeps_the_gate_shut(reply, change, code):
    check_disclosable(reply)
    with pytest.raises(NotDisclosable) as refused:
        check_disclosable(replace(reply, **change))
    assert refused.value.code == code


OPEN_BY = {
    Channel.CALL_BACK: {"is_call_confirmed"},
    Channel.FILE: {"is_locked"},
    Channel.LETTER: {"is_released"},
}
FLAGS = ("is_call_confirmed", "is_locked", "is_released")


@pytest.mark.parametrize(("channel", "flags"), list(product(OPEN_BY, product([False, True], repeat=3))))
def test_each_channel_opens_by_its_own_condition_and_by_no_other(channel, flags):
    state = dict(zip(FLAGS, flags, strict=True))
    reply = replace(ANSWER, channel=channel, **state)
    if all(state[flag] for flag in OPEN_BY[channel]):
        check_disclosable(reply)
    else:
        with pytest.raises(NotDisclosable):
            check_disclosable(reply)


def test_a_question_for_dates_may_stand_on_the_municipality_s_own_page():
    check_disclosable(replace(QUESTION, channel=Channel.PAGE, is_call_confirmed=False))
