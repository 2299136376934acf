"""Differences that are being taken over show how far they are, by whom, and when that broke off."""

import io

import pytest

from inquiry.store.rosters import ChangesUnderWay
from inquiry.workflow import roster_changes, roster_progress
from inquiry.workflow.roster_switching import alone_at
from tests.web.test_rosters import GOOD, differences, imports, load, table, upload
from tests.web.visitor import Page
from tests.workflow.roster_table import killed_changes, meanwhile
from tests.world import member

PROGRESS = "/rosters/changes/progress"
NOTHING = {"is_loading": False, "share": 0, "said": ""}
SOMEBODY_NEW = f"追加,{GOOD.replace('1001', '1009')}"


@pytest.fixture
def officer(world, client_as):
    world.take_over_roster(member("1001"), member("1003"))
    return client_as("officer")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(roster_progress, "SECONDS_BETWEEN", 0)


@pytest.fixture
def half_way(world, officer):
    """Somebody is taking over differences, and has been for two minutes."""
    killed_changes(world.house, world.officer, world.insurer_id, rows=1234, share=250)
    world.clock.forward(minutes=2)
    with alone_at(world.house, world.insurer_id):
        yield


def test_while_differences_are_taken_over_another_page_shows_by_whom_and_how_far(
    world, officer, client_as, monkeypatch
):
    seen, second = [], client_as("officer")

    def looks():
        seen.append((second.open("/rosters"), second.client.get(PROGRESS).json))

    meanwhile(monkeypatch, roster_changes, "exchange_of", looks)
    upload(officer, differences(SOMEBODY_NEW), kind="changes")
    page, now = seen[0]
    assert f"{world.officer.display_name}が差分を取り込んでいます" in page.text
    assert page.tree.xpath("//progress[@id='changing']/@value") == [str(roster_changes.READ)]
    assert "取り込み中" in page.text
    assert page.links("最新の状態を見る") == ["/rosters"], "without a script, whoever waits looks again by hand"
    assert now == {"is_loading": True, "share": roster_changes.READ, "said": "1行　残り およそ1分"}
    assert officer.client.get(PROGRESS).json == NOTHING
    assert not officer.open("/rosters").tree.xpath("//progress[@id='changing']")


def test_the_minutes_that_are_left_follow_from_those_that_passed(half_way, officer):
    assert officer.client.get(PROGRESS).json["said"] == "1,234行　残り およそ6分"
    assert "1,234行 残り およそ6分" in officer.open("/rosters").text


def test_before_the_first_row_is_read_the_file_is_said_to_be_read(world, officer):
    killed_changes(world.house, world.officer, world.insurer_id, rows=0, share=0)
    with alone_at(world.house, world.insurer_id):
        assert officer.client.get(PROGRESS).json["said"] == "ファイルを読んでいます"


def test_differences_of_the_operator_are_said_to_be_the_operators(world, officer):
    killed_changes(world.house, world.operator, world.insurer_id)
    with alone_at(world.house, world.insurer_id):
        assert "運用担当者が差分を取り込んでいます" in officer.open("/rosters").text


@pytest.mark.parametrize("kind", ["whole", "changes"])
def test_a_file_that_is_sent_meanwhile_is_refused_at_its_field_and_keeps_what_was_chosen(half_way, officer, kind):
    page = upload(officer, differences(SOMEBODY_NEW) if kind == "changes" else table(GOOD), status=422, kind=kind)
    assert "今、読み込み中です" in page.errors[0]
    assert page.form("/rosters/load").fields["kind"] == kind
    assert "差分を取り込んでいます" in page.text, "and says why"


def test_what_a_server_was_stopped_over_is_said_to_be_interrupted_until_the_next_import(world, officer):
    killed_changes(world.house, world.officer, world.insurer_id, rows=1234, share=250)
    page = officer.open("/rosters")
    assert "差分の取込は途中で止まりました。今の名簿はそのままです。" in page.text
    assert ("中断" in page.text, page.tree.xpath("//progress[@id='changing']")) == (True, [])
    assert officer.client.get(PROGRESS).json == NOTHING
    upload(officer, differences(SOMEBODY_NEW), kind="changes")
    assert "途中で止まりました" not in officer.open("/rosters").text
    assert imports(world)[0] == ("active", 3)


def test_a_whole_file_after_a_kill_shows_nothing_of_it(world, officer):
    killed_changes(world.house, world.officer, world.insurer_id)
    load(officer, table(GOOD))
    assert "途中で止まりました" not in officer.open("/rosters").text


def test_another_insurers_officer_sees_nothing_of_it(half_way, client_as):
    other = client_as("other_officer")
    assert other.client.get(PROGRESS).json == NOTHING
    assert "取り込んでいます（" not in other.open("/rosters").text


def test_whoever_keeps_no_roster_is_not_told(half_way, client_as):
    assert client_as("clerk").client.get(PROGRESS).status_code == 403


def test_asking_how_far_it_is_keeps_nobody_logged_in(half_way, world, officer, app):
    world.clock.forward(minutes=app.config["SESSION_IDLE_MINUTES"] - 3)
    assert officer.client.get(PROGRESS).status_code == 200
    world.clock.forward(minutes=4)
    assert officer.client.get(PROGRESS).status_code == 302


def test_a_form_that_is_sent_again_meanwhile_counts_once(world, officer, monkeypatch):
    form = officer.open("/rosters").form("/rosters/load")
    form.fields["kind"] = "changes"
    content, second = differences(SOMEBODY_NEW), []

    def sent():
        file = (io.BytesIO(content), "差分.csv")
        return officer.client.post("/rosters/load", data={**dict(form.form_values()), "file": file})

    meanwhile(monkeypatch, roster_changes, "exchange_of", lambda: second.append(sent()))
    assert sent().status_code == 303
    refused = Page(second[0], "/rosters/load")
    assert (refused.status, "今、読み込み中です" in refused.errors[0]) == (422, True)
    assert "すでに受け付けています" in officer.open(sent().location).text
    assert imports(world)[0] == ("active", 3)


def test_what_is_left_of_differences_says_nothing_of_whom_they_were_about():
    assert set(ChangesUnderWay.__table__.columns.keys()) == {"insurer_id", "begun_at", "begun_by", "rows", "share"}
