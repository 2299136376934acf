"""From evidence to a proposal and the insurer's objection, in a real browser (memo 3(1))."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from inquiry.directory.difficulty_rules import STANDARD, DifficultyRules
from inquiry.domain.parties import Entrance, Inquirer, MunicipalityCode
from inquiry.domain.reply import Channel
from inquiry.store.organisations import Account
from inquiry.workflow import accounts, difficulty_rules, filing, roster
from inquiry.workflow.demonstration import TWO_PERIODS
from inquiry.workflow.filing import Filing

pytestmark = pytest.mark.browser

INSURER = "133033"
MONTHS = 8


def person(house, login_name):
    with house.reading() as work:
        return accounts.actor_of(work.session.scalar(select(Account).where(Account.login_name == login_name)))


def asked(insurer_id, reason, now):
    return Filing(
        inquirer=Inquirer(MunicipalityCode("112089"), "保健予防課", "鈴木 次郎"),
        entrance=Entrance.SYSTEM,
        insurer_id=insurer_id,
        insurer_evidence="certificate",
        reason=reason,
        error_at=now - timedelta(minutes=20),
        network_reference="A-0001",
        subject=TWO_PERIODS,
        relation=None,
        procedure="YOBO-16",
        items=("SHIKAKU-06",),
        channel=Channel.CALL_BACK,
        needed_by=None,
    )


@pytest.fixture(scope="module")
def history(stage):
    """Months in which an insurer registered ever later and answered ever more slowly."""
    house, drawn = stage.house, random.Random(5)
    clerk, pmo = person(house, "clerk2"), person(house, "pmo")
    with house.work(pmo) as work:
        insurer_id = roster.insurer_of(work, INSURER).id
        rules = DifficultyRules(STANDARD, least_inquiries=5, months_to_enter=2)
        difficulty_rules.change(work, replace(rules, days_to_object=10), number=0, reason="試行の結果による見直し")
    today = house.clock()
    for back in range(MONTHS, 0, -1):
        for _ in range(6 + 4 * (MONTHS - back)):
            at = today - timedelta(days=30 * back + drawn.randrange(20), minutes=drawn.randrange(400))
            file_and_answer(replace(house, clock=lambda at=at: at), clerk, insurer_id, drawn, slow=MONTHS - back)
    return insurer_id


def file_and_answer(house, clerk, insurer_id, drawn: random.Random, *, slow: int):
    filed_at: datetime = house.clock()
    with house.work(clerk) as work:
        inquiry = filing.file(work, asked(insurer_id, drawn.choice(("E01", "E03", "E04", "E06")), filed_at))
        inquiry.answered_at = filed_at + timedelta(hours=drawn.choice((1, 2, 5 + 6 * slow)))
        inquiry.state = "settled"


def test_an_insurer_is_proposed_with_its_evidence_and_objects(desk_of, history):
    pmo = desk_of("pmo")
    pmo.goes_to(f"/difficulty/insurers/{history}")
    pmo.looks("difficulty", whole=True)
    pmo.goes_to("/difficulty/")
    pmo.looks("difficulty-everywhere", whole=True)
    pmo.goes_to("/difficulty/rules")
    pmo.page.get_by_role("button", name="今提案されるものを見る").click()
    pmo.looks("difficulty-rules", whole=True)
    pmo.goes_to(f"/difficulty/proposals/about/{history}")
    pmo.page.get_by_label("提案の理由").fill("登録の遅れによる照会が増え、回答にも時間がかかっています。")
    pmo.page.get_by_role("button", name="保険者に提案する").click()
    expect(pmo.page.get_by_text("提案しました")).to_be_visible()
    pmo.looks("listing-proposal", whole=True)
    pmo.goes_to("/difficulty/proposals/")
    pmo.looks("listing-proposals")


def test_the_list_is_drafted_and_its_changes_are_public(desk_of):
    pmo, anybody = desk_of("pmo"), desk_of()
    pmo.goes_to("/lists/difficult-insurers")
    pmo.page.get_by_role("button", name="次の版の下書きを作る").click()
    pmo.page.get_by_role("link", name="保険者を追加").click()
    pmo.page.get_by_label("保険者番号").fill("06130017")
    pmo.page.get_by_label("全加入者").check()
    pmo.page.get_by_label("添付書類省略困難保険者").check()
    pmo.page.get_by_label("掲載日").fill("R8.4.1")
    pmo.page.get_by_label("理由").fill("保険者からの申出による。")
    pmo.page.get_by_role("button", name="追加する").click()
    expect(pmo.page.get_by_text("下書きに追加しました")).to_be_visible()
    pmo.looks("difficult-draft", whole=True)
    pmo.page.get_by_role("button", name="下書きを取りやめる").click()
    for path, name in (("/difficult-insurers", "public-list"), ("/difficult-insurers/changes", "public-changes")):
        anybody.goes_to(path)
        anybody.looks(name)


@pytest.mark.parametrize("path", ["/difficulty/own", "/difficult-insurers", "/difficult-insurers/changes"])
def test_the_pages_fit_at_twice_the_size(desk_of, path):
    officer = desk_of("officer", width=683, height=384, scale=2)
    officer.goes_to(path)
    officer.looks(f"zoomed{path.replace('/', '-')}")
    assert officer.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("path", ["/difficulty/", "/difficulty/rules", "/difficulty/proposals/"])
def test_the_pmos_pages_fit_at_twice_the_size(desk_of, history, path):
    pmo = desk_of("pmo", width=683, height=384, scale=2)
    pmo.goes_to(path)
    pmo.looks(f"zoomed{path.replace('/', '-')}")
    assert pmo.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
