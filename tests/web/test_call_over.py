"""STEP2 ⑤ ⅰ: whoever sends a form of the call's screen after the call ended elsewhere is told so, and by whom."""

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.locked_file import FileKind
from inquiry.domain.reply import Channel
from inquiry.workflow import calling, locking
from inquiry.workflow.calling import Ending, Outcome
from tests.web.stages import found, heard, in_call, prepare, state_of, version_of

DATES, FILE, TOLD = Finding.SEVERAL, Channel.FILE, Channel.CALL_BACK

#  the form         who sends it     what is typed                               the call: found, prepared for, confirmed
FORMS = [
    ("/call/take-over", "supervisor", {"reason": "officer が早退したため"}, (Finding.ONE, None, False)),
    ("/call/take-over", "supervisor", {"reason": ""}, (Finding.ONE, None, False)),
    ("/call/hear", "officer", {"reached": "健康推進課 山田", "word": "ちがう"}, (Finding.ONE, None, False)),
    ("/call/hear", "officer", {"reached": ""}, (Finding.ONE, None, False)),
    ("/call/end", "officer", {"outcome": "busy"}, (Finding.ONE, None, False)),
    ("/call/end", "officer", {}, (Finding.ONE, None, False)),
    ("/call/answer", "officer", {}, (Finding.ONE, TOLD, True)),
    (
        "/file/address",
        "officer",
        {"address": "a@example.lg.jp", "repeated": "a@example.lg.jp"},
        (Finding.ONE, FILE, True),
    ),
    ("/file/address", "officer", {"address": ""}, (Finding.ONE, FILE, True)),
    ("/file/password-told", "officer", {}, (Finding.ONE, FILE, True)),
    ("/question", "officer", {}, (DATES, None, True)),
]


def called(world, finding, channel, *, is_confirmed):
    """Bring an inquiry to its call; return its address."""
    inquiry_id = found(world, finding)
    if channel is not None:
        prepare(world, inquiry_id, channel)
    if channel is FILE:
        with world.house.work(world.officer) as work:
            locking.make_file(work, inquiry_id, version_of(world, inquiry_id), kind=FileKind.WORD)
    word, _ = in_call(world, inquiry_id)
    if is_confirmed:
        heard(world, inquiry_id, word)
    return f"/inquiries/{inquiry_id}"


def ended(world, inquiry):
    with world.house.work(world.officer) as work:
        calling.end(work, inquiry.rsplit("/", 1)[1], Ending(Outcome.BUSY))


@pytest.mark.parametrize(("action", "name", "typed", "call"), FORMS)
def test_a_form_that_comes_after_the_end_is_told_who_ended_the_call_and_what_to_do(
    world, client_as, action, name, typed, call
):
    finding, channel, is_confirmed = call
    inquiry = called(world, finding, channel, is_confirmed=is_confirmed)
    state = state_of(world, inquiry.rsplit("/", 1)[1])
    visitor = client_as(name)
    page = visitor.open(f"{inquiry}/call")
    assert f"{inquiry}{action}" in page.actions
    world.clock.forward(minutes=5)
    ended(world, inquiry)
    page = visitor.send(page, f"{inquiry}{action}", status=409, **typed)
    assert page.title.startswith("この通話は終わっています")
    assert "officer の担当さんが、11/25（水）10:05にこの通話を終えました。" in page.text
    assert all(text in page.text for text in typed.values() if text not in ("", "busy"))
    assert page.links("照会の画面を開き") == [inquiry]
    assert state_of(world, inquiry.rsplit("/", 1)[1]) == state


def test_without_any_call_the_form_is_told_that_none_has_begun(world, client_as):
    officer = client_as("officer")
    inquiry = called(world, Finding.ONE, None, is_confirmed=False)
    never_called = f"/inquiries/{found(world, Finding.ONE)}"
    values = officer.open(f"{inquiry}/call").form(f"{inquiry}/call/end").form_values()
    officer.post(f"{never_called}/call/end", [*values, ("outcome", "busy")], status=404)


def test_a_click_that_came_twice_is_told_that_it_counted_and_nothing_else(world, client_as):
    officer = client_as("officer")
    inquiry = called(world, Finding.ONE, None, is_confirmed=False)
    values = [*officer.open(f"{inquiry}/call").form(f"{inquiry}/call/end").form_values(), ("outcome", "busy")]
    officer.post(f"{inquiry}/call/end", values)
    assert "この操作は、すでに受け付けています。" in officer.post(f"{inquiry}/call/end", values).text


# Where something is missing that is said first, on a page that shows who holds the call.
WELL_FILLED = [row for row in FORMS if all(row[2].values()) and row[:3] != ("/call/end", "officer", {})]


@pytest.mark.parametrize(
    ("action", "name", "typed", "call"), [row for row in WELL_FILLED if row[0] != "/call/take-over"]
)
def test_a_form_that_comes_after_another_took_the_call_over_is_told_who_holds_it(
    world, client_as, action, name, typed, call
):
    finding, channel, is_confirmed = call
    inquiry = called(world, finding, channel, is_confirmed=is_confirmed)
    visitor = client_as(name)
    page = visitor.open(f"{inquiry}/call")
    with world.house.work(world.supervisor) as work:
        calling.take_over(work, inquiry.rsplit("/", 1)[1], reason="officer が早退したため")
    page = visitor.send(page, f"{inquiry}{action}", status=409, **typed)
    assert page.title.startswith("この通話は、ほかの担当者が受け持っています")
    assert "supervisor の担当さんが受け持っています" in page.text
    assert all(text in page.text for text in typed.values() if text != "busy")
    assert page.links("通話の画面を開き") == [f"{inquiry}/call"]
