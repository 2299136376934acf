"""memo 3(1): from the evidence to the published list, over HTTP."""

import pytest

from inquiry.workflow import difficulty_rules
from tests.workflow.test_listing_proposals import STRICT, suffer

PROPOSALS = "/difficulty/proposals/"


@pytest.fixture
def heavy(world):
    with world.house.work(world.pmo) as work:
        difficulty_rules.change(work, STRICT, number=0, reason="試行")
    suffer(world, 9, 10)
    return world


def proposed(pmo):
    """The PMO follows what the rules propose, and proposes it to the insurer."""
    page = pmo.open(PROPOSALS)
    page = pmo.open(page.links("根拠を見て提案する")[0])
    return pmo.send(page, reason="登録と回答が遅れています。").path


def test_evidence_proposal_objection_answer_decision_publication(heavy, client_as, anybody):
    pmo, officer, other = client_as("pmo"), client_as("officer"), client_as("other_pmo")
    path = proposed(pmo)
    assert "提案はまだありません" not in pmo.open(PROPOSALS).text

    page = officer.open("/difficulty/own")
    assert "リストへの掲載が提案されています" in page.text
    page = officer.open(page.links("提案を見る")[0])
    assert "登録と回答が遅れています。" in page.text
    page = officer.send(page, f"{path}/object", **{"objection-text": "登録は終わりました。\n二行目"})
    assert "異議を申し出ました" in page.text
    assert f"{path}/object" not in page.actions

    page = pmo.open(path)
    assert "登録は終わりました。" in page.text
    assert "まだ回答していません" in page.text
    page = pmo.send(page, f"{path}/reply", **{"reply-text": "数値を確かめました。"})
    fields = {"decision-outcome": "adopted", "decision-reason": "遅れが続いています。"}
    page = pmo.send(page, f"{path}/decide", status=422, **fields)
    assert [line for line in page.errors if "日付を入力" in line]
    page = pmo.send(page, f"{path}/decide", **{**fields, "decision-on": "R8.11.25"})
    assert "採用" in page.text

    page = officer.open(path)
    for said in ("数値を確かめました。", "遅れが続いています。", "採用"):
        assert said in page.text
    draft = other.open("/lists/difficult-insurers/draft")
    assert "提案を経ていません" not in draft.text
    other.send(draft, "/lists/difficult-insurers/draft/publish")
    assert "みほん健康保険組合" in anybody.open("/difficult-insurers").text
    assert "リストに掲載中" in officer.open("/difficulty/own").text


def test_an_insurer_says_that_it_has_no_objection(heavy, client_as):
    path = proposed(client_as("pmo"))
    officer = client_as("officer")
    page = officer.send(officer.open(path), f"{path}/agree")
    assert "異議はありません" in page.text
    page = client_as("pmo").open(path)
    assert f"{path}/decide" in page.actions


def test_a_proposal_is_not_decided_in_the_time_to_object(heavy, client_as):
    pmo = client_as("pmo")
    page = pmo.open(proposed(pmo))
    assert "異議を申し出られる期間です" in page.text
    assert f"{page.path}/decide" not in page.actions


def test_after_its_time_an_insurer_finds_no_form(heavy, client_as):
    path = proposed(client_as("pmo"))
    heavy.clock.forward(days=15)
    page = client_as("officer").open(path)
    assert page.actions == []
    assert "異議の申出はありません" in page.text


def test_what_was_typed_is_kept_when_something_is_missing(heavy, client_as):
    path = proposed(client_as("pmo"))
    heavy.clock.forward(days=15)
    pmo = client_as("pmo")
    page = pmo.send(
        pmo.open(path), f"{path}/decide", status=422, **{"decision-outcome": "adopted", "decision-on": "R8.13.1"}
    )
    assert page.form(f"{path}/decide").fields["decision-on"] == "R8.13.1"
    page = pmo.send(page, f"{path}/decide", status=422, **{"decision-on": "R8.12.20", "decision-reason": " "})
    assert [line for line in page.errors if "決定の理由" in line]


def test_an_empty_objection_is_refused(heavy, client_as):
    path = proposed(client_as("pmo"))
    officer = client_as("officer")
    page = officer.send(officer.open(path), f"{path}/object", status=422, **{"objection-text": " "})
    assert [line for line in page.errors if "異議の内容" in line]


def test_another_insurers_proposal_is_not_there(heavy, client_as):
    path = proposed(client_as("pmo"))
    other = client_as("other_officer")
    other.open(path, status=404)
    client_as("officer").open(PROPOSALS, status=403)
    client_as("clerk").open(path, status=403)


def test_a_proposal_needs_a_reason(heavy, client_as):
    pmo = client_as("pmo")
    page = pmo.open(f"{PROPOSALS}about/{heavy.insurer_id}")
    assert pmo.send(page, reason=" ", status=422).errors
