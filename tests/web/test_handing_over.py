"""A delay or an apology is handed over in the system to a municipality that is there, and is no answer."""

import pytest

from inquiry.workflow import confirming, writing
from tests.web.stages import BY_TELEPHONE, confirmed, events_of, state_of


def delayed(world, **changes):
    """Announce a delay of an inquiry."""
    inquiry_id = confirmed(world, **changes)
    with world.house.work(world.officer) as work:
        version = work.inquiry(inquiry_id).version
        expected = world.clock.now.replace(hour=7)
        confirming.announce_delay(work, inquiry_id, version, expected_at=expected, reason="書庫を確認")
    return inquiry_id


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def made(world, officer, **changes):
    """Make the letter of a delay; return the address of the inquiry, and where the letter would be handed over."""
    address = f"/inquiries/{delayed(world, **changes)}"
    page = officer.send(officer.open(address), f"{address}/letters/delay")
    return address, [each for each in page.actions if each.endswith("/hand-over")]


def test_the_clerk_fetches_the_delay_in_the_system_and_the_officer_sees_the_receipt(world, client_as, officer):
    address, (action,) = made(world, officer)
    clerk = client_as("clerk")
    assert "保険者からの文書" not in clerk.open(address).text
    page = officer.send(officer.open(address), action)
    assert "まだ受け取られていません" in page.text
    page = clerk.open(address)
    assert "照会への回答ではありません" in page.text
    receive = next(each for each in page.actions if each.endswith("/receive"))
    response = clerk.client.post(receive, data=dict(page.form(receive).form_values()))
    assert response.headers["Content-Disposition"] == 'attachment; filename="delay-20261125.pdf"'
    assert response.data.startswith(b"%PDF-")
    assert "受領済み" in officer.open(address).text
    assert "clerk の担当" in officer.open(address).text
    inquiry_id = address.rsplit("/", 1)[1]
    assert events_of(world, inquiry_id)[-2:] == ["letter_handed_over", "letter_received"]
    assert state_of(world, inquiry_id) == "confirmed"


def test_fetching_it_again_is_recorded_and_no_second_receipt(world, client_as, officer):
    address, (action,) = made(world, officer)
    officer.send(officer.open(address), action)
    clerk = client_as("clerk")
    for _ in range(2):
        page = clerk.open(address)
        receive = next(each for each in page.actions if each.endswith("/receive"))
        clerk.client.post(receive, data=dict(page.form(receive).form_values()))
    assert events_of(world, address.rsplit("/", 1)[1]).count("letter_received") == 1


def test_another_municipality_and_another_insurer_reach_nothing(world, client_as, officer):
    address, (action,) = made(world, officer)
    officer.send(officer.open(address), action)
    page = client_as("clerk").open(address)
    receive = next(each for each in page.actions if each.endswith("/receive"))
    for name, wanted in (("other_clerk", receive), ("other_officer", action)):
        stranger = client_as(name)
        token = dict(stranger.open("/account/settings").form("/account/settings").form_values())
        assert stranger.client.post(wanted, data={**token, "version": "1"}).status_code == 404


def test_a_letter_that_was_not_handed_over_is_not_to_be_had(world, client_as, officer):
    _address, (action,) = made(world, officer)
    clerk = client_as("clerk")
    token = dict(clerk.open("/account/settings").form("/account/settings").form_values())
    assert clerk.client.post(action.replace("hand-over", "receive"), data=token).status_code == 404


def test_a_municipality_outside_the_system_gets_it_by_post(world, officer):
    _address, actions = made(world, officer, **BY_TELEPHONE)
    assert actions == []


def test_a_letter_of_another_kind_is_never_handed_over(world, client_as, officer):
    address = f"/inquiries/{confirmed(world)}"
    with world.house.work(world.clerk) as work:
        sheet = writing.print_sheet(work, address.rsplit("/", 1)[1])
    form = officer.open(address).form(f"{address}/delay")
    action = f"{address}/letters/made/{sheet.id}/hand-over"
    assert officer.client.post(action, data=dict(form.form_values())).status_code == 404


def test_it_is_handed_over_once(world, officer):
    address, (action,) = made(world, officer)
    page = officer.open(address)
    officer.send(page, action)
    values = [pair for pair in page.form(action).form_values() if pair[0] != "idempotency_key"]
    refused = officer.post(action, [*values, ("idempotency_key", "another")], status=422)
    assert "本システムでは渡せません" in refused.text
