"""memo 3(1) over HTTP: from the evidence of the inquiries themselves to the public list, and off it again."""

import io
import json
import urllib.parse
from contextlib import closing
from datetime import UTC, date, datetime
from http.client import HTTPConnection

import pytest
from pypdf import PdfReader

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.workflow import filing
from inquiry.workflow.difficult_drafting import Listing
from tests.journeys.forms import asked, items_of, links_in, offers

PUBLIC, PROPOSALS, RULES = "/difficult-insurers", "/difficulty/proposals/", "/difficulty/rules"
DRAFT = "/lists/difficult-insurers/draft"
US = "みほん健康保険組合"
# Two inquiries about members not registered make a month heavy, none makes it light; one is between.
RULED = {"least_inquiries": "1", "months_to_enter": "2", "months_to_leave": "2",
         "unregistered_enter": "2", "unregistered_leave": "1"}  # fmt: skip
UNREGISTERED, OTHERWISE = "E01", "E06"


@pytest.fixture
def files(world):
    """Let a clerk file on the tenth of a month, as often as that, after an error of a kind."""

    def file_in(year, month, *, times, error=UNREGISTERED):
        now, world.clock.now = world.clock.now, datetime(year, month, 10, 1, 0, tzinfo=UTC)
        for _ in range(times):
            with world.house.work(world.clerk) as work:
                filing.file(work, world.filing(reason=error))
        world.clock.now = now

    return file_in


def ruled(pmo):
    """Set the rules as data, after a look at whom they would propose."""
    pmo.goes_to(RULES)
    page = pmo.sends(RULES, next="preview", **RULED)
    assert items_of(page, "//table[@id='suggestions']//th[@scope='row']") == [US]
    assert "掲載・解除の基準を変更しました" in pmo.sends(RULES, next="change", reason="件数の少ない保険者も見る").text


def proposed_by_rule(pmo):
    """Return the pages from which PMO staff would propose what the rules do now."""
    return links_in(pmo.goes_to(PROPOSALS), "根拠を見て提案する")


def proposed(pmo):
    (about,) = proposed_by_rule(pmo)
    page = pmo.goes_to(about)
    assert len(items_of(page, "//figure//svg[@role='img']")) == 4
    october = items_of(page, "//table[@id='numbers']/tbody/tr[2]/*")
    assert october[:3] == ["2026年10月", "2", "2"]
    assert october[-1] == "掲載の基準以上"
    return pmo.sends(about, reason="登録と回答が遅れています。").url


def decided(pmo, proposal, day):
    pmo.goes_to(proposal)
    typed = {"decision-outcome": "adopted", "decision-reason": "数値のとおりです。", "decision-on": day}
    return pmo.sends("/decide", **typed)


def published(pmo):
    pmo.goes_to(DRAFT)
    return pmo.sends(f"{DRAFT}/publish")


@pytest.fixture
def listed(everybody, files):
    """The insurer is on the list, after two heavy months, its objection and a decision."""
    for month in (9, 10):
        files(2026, month, times=2)
    ruled(everybody.pmo)
    proposal = proposed(everybody.pmo)
    (own,) = links_in(everybody.officer.goes_to("/difficulty/own"), "提案を見る")
    everybody.officer.goes_to(own)
    assert not offers(everybody.pmo.goes_to(proposal), "/decide")
    everybody.officer.sends("/object", **{"objection-text": "登録は先週終わりました。"})

    # Nothing is decided before the objection was answered, and nothing is published by one person alone.
    page = everybody.pmo.goes_to(proposal)
    assert "登録は先週終わりました。" in page.text
    assert not offers(page, "/decide")
    everybody.pmo.sends("/reply", **{"reply-text": "11月の数値で確かめます。"})
    assert "採用" in decided(everybody.pmo, proposal, "R8.11.25").text
    assert "11月の数値で確かめます。" in everybody.officer.goes_to(own).text
    stranger = everybody.stranger()
    assert US not in stranger.goes_to(PUBLIC).text
    published(everybody.other_pmo)
    return stranger


@pytest.mark.documents
def test_anybody_reads_searches_prints_and_takes_out_the_list(listed):
    stranger = listed
    page = stranger.goes_to(PUBLIC)
    assert "第1版" in page.text
    assert "令和8年11月25日" in page.text
    assert "1件" in stranger.goes_to(asked(PUBLIC, text="ﾐﾎﾝ")).text
    assert "0件" in stranger.goes_to(asked(PUBLIC, text="さっぽろ")).text
    assert US in PdfReader(io.BytesIO(stranger.goes_to(f"{PUBLIC}.pdf").content)).pages[0].extract_text()
    assert f"06130017,健保組合,東京都,{US}" in stranger.goes_to(f"{PUBLIC}.csv").content.decode("utf-8-sig")
    (entry,) = json.loads(stranger.goes_to(f"{PUBLIC}.json").content)["entries"]
    assert (entry["name"], entry["from_on"], entry["until_on"]) == (US, "2026-11-25", None)


def handed_out(base, ending, *, known=""):
    """Ask for a file as a program does that has it with a tag; return the status and the tag it has now."""
    with closing(HTTPConnection(urllib.parse.urlsplit(base).netloc)) as connection:
        connection.request("GET", f"{PUBLIC}.{ending}", headers={"If-None-Match": known})
        answer = connection.getresponse()
        return answer.status, answer.headers["ETag"]


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_program_that_has_the_list_is_told_so_until_it_changes(everybody, world, ending):
    world.publish_list()
    status, tag = handed_out(everybody.stage.base, ending)
    assert status == 200
    assert handed_out(everybody.stage.base, ending, known=tag) == (304, tag)
    world.publish_list(Listing(world.insurer_id, Scope.ALL, Category.ATTACHMENTS_NEEDED, date(2026, 11, 25)))
    status, newer = handed_out(everybody.stage.base, ending, known=tag)
    assert (status, newer != tag) == (200, True)


def test_who_stays_between_the_thresholds_keeps_their_standing_and_who_is_below_leaves(listed, everybody, files, world):
    # December and January lie between the thresholds, February and March below.
    for year, month in ((2026, 12), (2027, 1)):
        files(year, month, times=1)
    world.clock.now = datetime(2027, 2, 3, 1, 0, tzinfo=UTC)
    assert proposed_by_rule(everybody.pmo) == []
    for month in (2, 3):
        files(2027, month, times=1, error=OTHERWISE)
    world.clock.now = datetime(2027, 4, 2, 1, 0, tzinfo=UTC)
    (about,) = proposed_by_rule(everybody.pmo)
    assert f"{US}：リストからの解除の提案" in everybody.pmo.goes_to(about).text
    proposal = everybody.pmo.sends(about, reason="登録が進みました。").url
    everybody.officer.goes_to(proposal)
    everybody.officer.sends("/agree")
    decided(everybody.pmo, proposal, "R9.4.2")
    published(everybody.other_pmo)

    # The last day is the last one: on the next the list is empty, and says since when.
    world.clock.forward(days=1)
    page = listed.goes_to(asked(f"{PUBLIC}/changes", since="R8.12.1"))
    assert "違い：1件" in page.text
    assert "終了" in page.text
    assert "掲載されている保険者はありません" in listed.goes_to(PUBLIC).text
