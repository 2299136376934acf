"""memo 3(1) 「情報連携困難保険者リストの公開」: anybody may read the list."""

from datetime import date, timedelta

import pytest

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.workflow import difficult_insurers
from inquiry.workflow.difficult_insurers import Listing

REASON = "登録の遅延率が高い"


@pytest.fixture
def listed(world):
    with world.house.work(world.pmo) as work:
        for insurer, scope in ((world.insurer_id, Scope.ALL), (world.branch_id, Scope.DEPENDANTS_ONLY)):
            listing = Listing(
                insurer, scope, Category.ATTACHMENTS_NEEDED, date(2026, 11, 20), date(2026, 11, 25), REASON
            )
            difficult_insurers.add(work, listing)
    return world


def test_the_list_is_read_without_logging_in_and_may_be_indexed(listed, anybody):
    page = anybody.open("/difficult-insurers")
    for said in (
        "公開日 令和8年11月25日",
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
    assert REASON.encode() not in anybody.client.get("/difficult-insurers.csv").data


@pytest.mark.parametrize(("text", "found"), [("けんぽ", 0), ("ﾐﾎﾝ", 0), ("みほん", 1), ("０６１３", 1), ("東京都", 2)])
def test_the_list_is_searched(listed, anybody, text, found):
    assert f"{found}件" in anybody.open(f"/difficult-insurers?text={text}").text


def test_an_empty_list_says_so(anybody):
    assert "掲載されている保険者はありません" in anybody.open("/difficult-insurers").text


def test_the_file_has_the_same_columns_for_ever(listed, anybody):
    response = anybody.client.get("/difficult-insurers.csv")
    assert response.data.decode("utf-8-sig").splitlines() == [
        "保険者番号,保険者種別,都道府県,保険者名称,対象者範囲,区分,掲載日",
        "01130012,協会けんぽ,東京都,全国健康保険協会 東京支部,被扶養者のみ,添付書類省略困難保険者,2026-11-20",
        "06130017,健保組合,東京都,みほん健康保険組合,全加入者,添付書類省略困難保険者,2026-11-20",
    ]
    assert response.mimetype == "text/csv"


def test_who_has_the_file_already_is_told_so(listed, anybody):
    first = anybody.client.get("/difficult-insurers.csv")
    assert (
        anybody.client.get("/difficult-insurers.csv", headers={"If-None-Match": first.headers["ETag"]}).status_code
        == 304
    )
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert anybody.client.get("/difficult-insurers.csv", headers=since).status_code == 304


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
