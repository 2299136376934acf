"""Digits that may be a My Number wait in every form of free text for their writer's word."""

import json

import pytest

from inquiry.store.ledger import LedgerEntry
from tests.web.stages import confirmed, events_of

DOUBTFUL = "0123456789018"  # thirteen digits, in which twelve are a My Number
NOTHING = "受付番号 12345 の件"


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def ledger_of(world):
    with world.house.reading() as work:
        bodies = [json.loads(row.body) for row in work.session.query(LedgerEntry).order_by(LedgerEntry.seq)]
    return [body for body in bodies if body["event"] == "guard:caution"]


def asks(page):
    return page.tree.xpath("//input[@name='caution_ticked']") != []


def delay(officer, address, page=None, *, status=200, **typed):
    page = page or officer.open(address)
    typed = {"expected_at": "令和8年12月1日", "reason": DOUBTFUL, **typed}
    return officer.send(page, f"{address}/delay", status=status, **typed)


def test_the_form_comes_back_with_tick_and_reason_and_everything_typed(world, officer):
    address = f"/inquiries/{confirmed(world)}"
    page = delay(officer, address, status=422)
    assert "個人番号に見える数字があります" in page.errors[0]
    form = page.form(f"{address}/delay")
    assert "caution_ticked" in form.fields
    assert form.fields["reason"] == DOUBTFUL
    assert len(page.tree.xpath("//input[@name='caution_ticked']")) == 1
    assert events_of(world, address.rsplit("/", 1)[1])[-1] == "confirm_inquirer"


@pytest.mark.parametrize("half", [{"caution_ticked": True}, {"caution_reason": "申請書の受付番号"}])
def test_half_an_answer_is_asked_for_again(world, officer, half):
    address = f"/inquiries/{confirmed(world)}"
    page = delay(officer, address, status=422)
    assert asks(delay(officer, address, page, status=422, **half))
    assert ledger_of(world) == []


def test_with_tick_and_reason_it_is_accepted_and_kept_with_the_inquiry(world, officer):
    address = f"/inquiries/{confirmed(world)}"
    page = delay(officer, address, status=422)
    page = delay(officer, address, page, caution_ticked=True, caution_reason="申請書の受付番号")
    assert not asks(page)
    assert "申請書の受付番号" in page.text
    assert events_of(world, address.rsplit("/", 1)[1])[-2:] == ["announce_delay", "caution_confirmed"]
    (entry,) = ledger_of(world)
    assert {entry["refs"]["field"], entry["refs"]["rule"]} == {"reason", "long_run"}
    assert DOUBTFUL not in json.dumps(entry)


def test_ordinary_digits_are_not_asked_about(world, officer):
    assert not asks(delay(officer, f"/inquiries/{confirmed(world)}", reason=NOTHING))


def test_a_my_number_as_the_reason_is_not_taken_and_not_shown_again(world, officer, my_number):
    address = f"/inquiries/{confirmed(world)}"
    page = delay(officer, address, status=422)
    page = delay(officer, address, page, status=422, caution_ticked=True, caution_reason=my_number)
    assert asks(page)
    assert my_number not in page.response.get_data(as_text=True)


@pytest.fixture
def my_number():
    return "876543210989"


# Other entrances: a setting, a list of PMO's, a municipality's side
ENTRANCES = [
    ("supervisor", "/four-eyes", "/four-eyes", {"requirement": "always", "reason": DOUBTFUL}),
    ("pmo", "/difficulty/rules", "/difficulty/rules", {"reason": DOUBTFUL}),
    ("officer", "/matching-rules", "/matching-rules/variants", {"one": "崎", "other": "﨑", "evidence": DOUBTFUL}),
]


@pytest.mark.parametrize(("name", "path", "action", "typed"), ENTRANCES)
def test_every_form_of_free_text_asks(client_as, name, path, action, typed):
    visitor = client_as(name)
    page = visitor.send(visitor.open(path), action, status=422, **typed)
    assert asks(page), page.errors
    assert "caution_ticked" in page.form(action, holding=next(iter(typed))).fields


def test_a_withdrawal_by_the_clerk_asks_too(world, client_as):
    clerk, address = client_as("clerk"), f"/inquiries/{confirmed(world)}"
    typed = {"withdraw-reason": DOUBTFUL, "withdraw-is_sure": True}
    page = clerk.send(clerk.open(address), f"{address}/withdraw", status=422, **typed)
    assert asks(page)
    clerk.send(page, f"{address}/withdraw", caution_ticked=True, caution_reason="申請書の受付番号")
    assert events_of(world, address.rsplit("/", 1)[1])[-2:] == ["withdraw", "caution_confirmed"]


def test_a_number_with_a_format_of_its_own_is_not_asked_about(client_as):
    """A main line of eleven digits, a tracking number: each is checked against its format instead."""
    pmo = client_as("pmo")
    page = pmo.open("/organisations/new")
    assert not asks(pmo.send(page, name="監査室"))
