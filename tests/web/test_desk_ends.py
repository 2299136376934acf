"""memo annex STEP1 ※3: a desk ends on evidence, the clerks of what is asked there learn it, and nothing waits for it."""

import pytest

from inquiry.directory.amendments import Stage
from inquiry.workflow import amending, contacts, daily
from tests.web.stages import filed
from tests.web.test_amendments import NEW, approve, proposed
from tests.web.test_desk import MARK

EVIDENCE = {"evidence": "令和8年11月の廃止の届出", "checked_on": "2026-11-24"}


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


def end(pmo, insurer_id, status=200, **typed):
    page = pmo.open(f"/contacts/{insurer_id}/end")
    return pmo.send(page, page.path, status=status, **(EVIDENCE | typed))


REFUSED = [
    ({"evidence": ""}, "根拠とした文書か"),
    ({"checked_on": ""}, "根拠を確かめた日を入力"),
    ({"checked_on": "2026-11-26"}, "先の日付"),
    ({"from_on": "2026-11-24"}, "適用日が過ぎています"),
]


@pytest.mark.parametrize(("typed", "said"), REFUSED)
def test_a_desk_does_not_end_without_evidence(pmo, world, typed, said):
    page = end(pmo, world.insurer_id, status=422, **typed)
    assert [line for line in page.errors if said in line]
    assert "照会できます" in pmo.open(f"/contacts/{world.insurer_id}").text


def test_an_end_is_kept_with_its_evidence_beside_the_version(pmo, world):
    page = end(pmo, world.insurer_id)
    (address,) = page.links("終了の根拠を見る")
    shown = pmo.open(address)
    assert "令和8年11月の廃止の届出" in shown.text
    assert "終了する窓口" in shown.text
    assert "pmo の担当" in shown.text


def test_the_clerks_of_a_main_desk_that_ended_are_told_and_what_to_do(pmo, client_as, world):
    inquiry_id = filed(world)
    world.clock.forward(minutes=5)
    end(pmo, world.insurer_id)
    clerk = client_as("clerk")
    assert MARK in clerk.open("/desk").text
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "この保険者の窓口は終了しました" in page.text
    assert "ほかで調べた番号にはかけないでください" in page.text
    assert MARK not in clerk.open("/desk").text
    assert "貴団体の照会窓口は、一覧で終了しています" in client_as("officer").open(f"/inquiries/{inquiry_id}").text


def test_the_insurer_sees_that_its_desk_ended_and_no_form_for_it(pmo, client_as, world):
    end(pmo, world.insurer_id)
    officer = client_as("officer")
    own = officer.open("/own-entry/desk")
    assert "この窓口は、一覧で終了しています" in own.text
    assert "変更の届出" not in own.text
    assert officer.open("/own-entry/new-desk").path == "/own-entry/desk"


def test_a_number_that_waits_for_the_desk_is_stopped(pmo, client_as, world):
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change", **NEW)
    approve(client_as("other_pmo"), path)
    end(pmo, world.insurer_id)
    page = pmo.open(path)
    assert "取りやめ：窓口が終了した" in page.text
    assert not [action for action in page.actions if action.endswith(("/call", "/enact", "/stop"))]


def test_an_end_on_a_later_day_is_announced_may_be_stopped_and_is_proposed_once(pmo, client_as, world):
    end(pmo, world.insurer_id, from_on="2026-11-27")
    assert "照会できます" in pmo.open(f"/contacts/{world.insurer_id}").text
    assert "終了する日を待つ手続があります" in end(pmo, world.insurer_id, status=422).errors[0]
    own = client_as("officer").open("/own-entry/desk")
    assert "終了する窓口" in own.text
    assert [action for action in own.actions if action.endswith("/stop")]
    world.clock.forward(days=2)
    daily.run(world.house, world.operator)
    with world.house.reading() as work:
        (ended,) = amending.history(work, insurer_id=world.insurer_id)
        assert ended.stage is Stage.IN_FORCE
        assert contacts.history(work, world.insurer_id)[0].entry.valid_to is not None


def test_an_older_form_of_the_end_is_refused(pmo, world):
    page = pmo.open(f"/contacts/{world.insurer_id}/end")
    end(pmo, world.insurer_id)
    pmo.send(page, page.path, status=404, **EVIDENCE)
