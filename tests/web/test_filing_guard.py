"""No My Number enters by the form of an inquiry (memo annex STEP1, 留意): not into it, not into a draft."""

import pytest

from inquiry.store.inquiries import Page, inquiries_latest_first
from inquiry.store.ledger import LedgerEntry
from inquiry.store.paperwork import Draft
from tests.web.test_filing import filled

MY_NUMBER = "123456789018"
# Thirteen digits that hold one: not certainly a My Number, and not certainly none.
DOUBTFUL = "0123456789018"


@pytest.mark.parametrize("field", ["note", "written", "address", "symbol", "number", "network_reference", "person"])
def test_a_my_number_is_turned_away_at_its_field_and_not_shown_again(client_as, world, field):
    clerk = client_as("clerk")
    page = filled(clerk)
    page = clerk.send(page, page.path, button="next=check", status=422, **{field: MY_NUMBER})
    assert any("マイナンバーと思われる数字" in line for line in page.errors)
    assert MY_NUMBER not in page.response.get_data(as_text=True)
    with world.house.reading(world.clerk) as work:
        draft = work.session.query(Draft).one()
        kept = work.open(draft.form_ct, "draft.form", draft.id)
        assert MY_NUMBER not in str(kept)
        blocked = [entry for entry in work.session.query(LedgerEntry) if "guard:blocked" in str(entry.body)]
        assert len(blocked) == 1
        assert MY_NUMBER not in str(blocked[0].body)


def test_a_my_number_is_not_kept_while_it_is_typed(client_as, world):
    clerk = client_as("clerk")
    page = clerk.open("/filing")
    values = {**dict(page.form(page.path).form_values()), "note": MY_NUMBER}
    answer = clerk.client.post(f"{page.path}/draft", data=values)
    assert answer.status_code == 422
    with world.house.reading(world.clerk) as work:
        assert work.session.query(Draft).count() == 0


def test_what_only_looks_like_one_asks_for_a_tick_with_a_reason_and_the_ledger_learns_the_rule(client_as, world):
    clerk = client_as("clerk")
    page = filled(clerk)
    page = clerk.send(page, page.path, button="next=check", status=422, note=DOUBTFUL)
    assert any("個人番号に見える数字があります" in line for line in page.errors)
    page = clerk.send(page, page.path, button="next=check", status=422, caution_reason="申請書の番号")
    page = clerk.send(page, page.path, button="next=check", caution_ticked=True, caution_reason="申請書の番号")
    clerk.send(page)
    with world.house.reading(world.clerk) as work:
        bodies = [entry.body.decode() for entry in work.session.query(LedgerEntry) if b"guard:caution" in entry.body]
        assert len(bodies) == 1
        assert "note" in bodies[0]
        assert "申請書" not in bodies[0]
        assert len(inquiries_latest_first(work.session, work.scope, ["filed"], Page(10))) == 1
