"""memo 3(1) 「情報連携困難保険者リストの公開」: anybody may read the list."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.workflow.difficult_drafting import Listing

REASON = "登録の遅延率が高い"
FILES = ("/difficult-insurers.csv", "/difficult-insurers.json", "/difficult-insurers.pdf")


@pytest.fixture
def listed(world):
    days = (date(2026, 11, 20), date(2026, 11, 25))
    world.publish_list(
        Listing(world.insurer_id, Scope.ALL, Category.ATTACHMENTS_NEEDED, *days, REASON),
        Listing(world.branch_id, Scope.DEPENDANTS_ONLY, Category.ATTACHMENTS_NEEDED, *days, REASON),
    )
    return world


def test_the_list_is_read_without_logging_in_and_may_be_indexed(listed, anybody):
    page = anybody.open("/difficult-insurers")
    for said in (
        "基準日 令和8年11月25日",
        "みほん健康保険組合",
        "06130017",
        "全加入者",
        "被扶養者のみ",
        "令和8年11月20日",
    ):
        assert said in page.text
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["index, follow"]
    assert "noindex" in anybody.open("/login").tree.xpath("string(//meta[@name='robots']/@content)")


def test_the_reason_stays_inside_the_pmo(listed, anybody):
    assert REASON not in anybody.open("/difficult-insurers").response.get_data(as_text=True)
    for address in FILES:
        assert REASON.encode() not in anybody.client.get(address).data
    for page in ("/difficult-insurers/changes?since=2026-11-01", "/difficult-insurers/editions/1"):
        assert REASON not in anybody.open(page).text


@pytest.mark.parametrize(("text", "found"), [("けんぽ", 0), ("ﾐﾎﾝ", 1), ("みほん", 1), ("０６１３", 1), ("東京都", 2)])
def test_the_list_is_searched(listed, anybody, text, found):
    assert f"{found}件" in anybody.open(f"/difficult-insurers?text={text}").text


def test_an_empty_list_says_so(anybody):
    assert "掲載されている保険者はありません" in anybody.open("/difficult-insurers").text


def test_the_file_has_the_same_columns_for_ever(listed, anybody):
    response = anybody.client.get("/difficult-insurers.csv")
    assert response.data.decode("utf-8-sig").splitlines() == [
        "保険者番号,保険者種別,都道府県,保険者名称,対象者範囲,区分,掲載日,最後の日",
        "01130012,協会けんぽ,東京都,全国健康保険協会 東京支部,被扶養者のみ,添付書類省略困難保険者,2026-11-20,2026-11-25",
        "06130017,健保組合,東京都,みほん健康保険組合,全加入者,添付書類省略困難保険者,2026-11-20,2026-11-25",
    ]
    assert response.mimetype == "text/csv"


@pytest.mark.parametrize("address", FILES)
def test_who_has_the_file_already_is_told_so(listed, anybody, address):
    first = anybody.client.get(address)
    assert anybody.client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert anybody.client.get(address, headers=since).status_code == 304
    listed.publish_list()
    assert anybody.client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_programs_read_the_list_by_its_codes(listed, anybody):
    said = anybody.client.get("/difficult-insurers.json").get_json()
    assert said["version"] == 1
    assert said["entries"][1] == {
        "insurer_number": "06130017",
        "kind": "society",
        "prefecture": "東京都",
        "name": "みほん健康保険組合",
        "scope": "all",
        "category": "attachments_needed",
        "from_on": "2026-11-20",
        "until_on": "2026-11-25",
    }


def test_the_list_is_printed(listed, anybody):
    response = anybody.client.get("/difficult-insurers.pdf")
    text = PdfReader(io.BytesIO(response.data)).pages[0].extract_text()
    for said in ("情報連携困難保険者リスト", "第1版", "みほん健康保険組合", "被扶養者のみ"):
        assert said in text


def test_what_changed_since_a_day_is_read_by_anybody(listed, anybody):
    page = anybody.open("/difficult-insurers/changes?since=R8.11.19")
    assert "違い：2件" in page.text
    assert "追加" in page.text
    assert "違い：2件" in anybody.open("/difficult-insurers/changes").text  # since the version before
    assert "変わった記載はありません" in anybody.open("/difficult-insurers/changes?since=2026-11-25").text
    listed.clock.now += timedelta(days=1)
    ended = anybody.open("/difficult-insurers/changes?since=2026-11-25")
    assert "終了" in ended.text
    assert "全加入者、令和8年11月20日から令和8年11月25日まで" in ended.text


@pytest.mark.parametrize("since", ["2026-11-26", "abc", "2026-11"])
def test_a_day_that_is_none_is_refused_with_a_sentence(listed, anybody, since):
    assert anybody.open(f"/difficult-insurers/changes?since={since}", status=422).errors


def test_changes_of_an_empty_list(anybody):
    assert "変わった記載はありません" in anybody.open("/difficult-insurers/changes").text


@pytest.mark.parametrize("number", [0, 2])
def test_a_version_that_was_not_published_is_not_there(listed, anybody, number):
    anybody.open(f"/difficult-insurers/editions/{number}", status=404)


DAYS = [  # until 11/25, the last day included
    (0, 3, "2026-11-25"),
    (1, 1, "2026-11-26"),
]


@pytest.mark.parametrize(("days", "lines", "changed_on"), DAYS)
def test_the_list_changes_at_midnight_in_japan_when_an_entry_ends(listed, anybody, days, lines, changed_on):
    before = anybody.client.get("/difficult-insurers.csv")
    listed.clock.now += timedelta(days=days, hours=1)
    after = anybody.client.get("/difficult-insurers.csv")
    assert len(after.data.decode("utf-8-sig").splitlines()) == lines
    assert (after.headers["Last-Modified"] != before.headers["Last-Modified"]) is bool(days)
    assert (after.headers["ETag"] != before.headers["ETag"]) is bool(days)
