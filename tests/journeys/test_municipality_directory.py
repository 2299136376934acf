"""The municipality directory over HTTP: every municipality, the main line of one, and what waits while it has none."""

import pytest

from inquiry.domain.inquiry import State
from inquiry.store.reference import municipalities_csv
from tests.journeys.everybody import SATO
from tests.journeys.forms import asked, error_at, fields_to_type_in, links_in, offers
from tests.world import SAPPORO, member

OWN_LINE, ENTRY = "/own-entry/main-line", f"/municipalities/{SAPPORO}"
LINE = {"main_line": "011-000-2111", "source": "https://www.example.lg.jp/", "checked_on": "R8.11.24"}


def test_every_municipality_of_the_country_is_found_by_code_name_and_kana(everybody):
    assert len(municipalities_csv().splitlines()) == 1 + 1_788
    assert "1,788件" in everybody.pmo.goes_to("/municipalities/").text
    for text in ("011002", "札幌", "さっぽろし"):
        assert ENTRY in links_in(everybody.pmo.goes_to(asked("/municipalities/", text=text)))
    table = everybody.pmo.goes_to("/municipalities/files/municipalities.csv").content.decode("utf-8-sig")
    assert len(table.splitlines()) == 1 + 1_788


def test_without_a_main_line_nobody_is_called_until_the_municipality_has_told_its_own(everybody, asks, world):
    world.take_over_roster(member())
    path = asks()
    path.clerk = everybody.other_clerk
    path.files(SATO).confirmed().identified(State.IDENTIFIED).prepared("call_back")
    page = path.seen_by(everybody.officer)
    assert "札幌市の代表電話が、市町村等名簿に登録されていません" in page.text
    assert not offers(page, "/call/start")

    # PMO staff find it among their tasks, and the municipality is asked for it on its own page.
    assert ENTRY in links_in(everybody.pmo.goes_to("/directory-chores"), "札幌市")
    assert "代表電話が登録されていません" in everybody.other_clerk.goes_to(OWN_LINE).text
    assert "もう一人の確認待ち" in everybody.other_clerk.sends(OWN_LINE, **LINE).text
    assert not offers(path.seen_by(everybody.officer), "/call/start")

    (steps,) = links_in(everybody.pmo.goes_to("/amendments"), "札幌市")
    assert "https://www.example.lg.jp/" in everybody.pmo.goes_to(steps).text
    assert "反映済み" in everybody.pmo.sends("/approve").text
    assert ENTRY not in links_in(everybody.pmo.goes_to("/directory-chores"))
    assert offers(path.seen_by(everybody.officer), "/call/start")
    assert "011-000-2111" in path.called().officer.page.text
    path.told_by_call().expects(State.ANSWERED)


#  what is typed as a main line   what stands at the field
NO_MAIN_LINE = [
    ({"main_line": "090-0000-0001"}, "main_line", "携帯電話の番号"),
    ({"main_line": "0120-000-001"}, "main_line", "フリーダイヤル"),
    ({"main_line": "050-0000-0001"}, "main_line", "IP電話"),
    ({"main_line": "011-000-211"}, "main_line", "桁数"),
    ({"main_line": "011-000-21111"}, "main_line", "桁数"),
    ({"source": ""}, "source", "ページ"),
]


@pytest.mark.parametrize("name", ["pmo", "other_clerk"])
def test_a_number_that_is_no_main_line_or_without_evidence_is_refused_on_either_side(everybody, name):
    who, where = getattr(everybody, name), ENTRY if name == "pmo" else OWN_LINE
    for change, at, said in NO_MAIN_LINE:
        who.goes_to(where)
        page = who.sends(where, **{**LINE, **change})
        (field,) = (each for each in fields_to_type_in(page, where) if each.name == at)
        assert page.status == 422
        assert said in error_at(page, field)
    assert "手続中の変更はありません" in everybody.pmo.goes_to("/amendments").text
