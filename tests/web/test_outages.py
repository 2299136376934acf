"""The network is down: declared by PMO staff, seen by everybody, and many inquiries filed from one table."""

import io
import time

import pytest
from openpyxl import Workbook, load_workbook

from inquiry.security.workbook import rows_of
from inquiry.store.single import only_one
from inquiry.workflow import batches, daily, outages
from inquiry.workflow.filing_sheet import COLUMNS, OPTIONAL
from inquiry.workflow.outages import Notice

PATIENCE_SECONDS = 120
GOOD = {
    "保険者番号": "06130017",
    "氏名": "見本　太郎",
    "フリガナ": "ミホン　タロウ",
    "生年月日": "S33.4.1",
    "性別": "男",
    "事務手続": "他の法令による給付との調整",
    "照会したい情報": "資格取得年月日、資格喪失年月日",
    "回答方法": "電話",
}


def row(**changes):
    return {**GOOD, **changes}


def people(count):
    return [row(生年月日=f"1958-{number // 28 + 1:02d}-{number % 28 + 1:02d}") for number in range(count)]


def csv_of(rows, columns=COLUMNS):
    lines = [",".join(columns), *(",".join(f'"{each.get(column, "")}"' for column in columns) for each in rows)]
    return "\r\n".join(lines).encode("utf-8-sig")


def excel_of(rows, columns=COLUMNS):
    book = Workbook()
    book.active.append(list(columns))
    for each in rows:
        book.active.append([each.get(column, "") for column in columns])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def down(world):
    with world.house.work(world.pmo) as work:
        outages.declare(work, Notice(world.clock.now, None, "回線の故障"))
    world.clock.forward(minutes=10)


def sent_up(visitor, content, *, name="inquiries.csv", status=200):
    """Upload a table as a browser does, and follow to what comes of it."""
    page = visitor.open("/batches")
    form = dict(page.form("/batches").form_values())
    response = visitor.client.post("/batches", data={**form, "file": (io.BytesIO(content), name)})
    assert response.status_code == (303 if status == 200 else status)
    return visitor.open(response.location) if status == 200 else response.get_data(as_text=True)


def test_an_outage_is_declared_seen_by_everybody_and_ended(client_as, anybody, world):
    pmo = client_as("pmo")
    page = pmo.open("/outage")
    page = pmo.send(page, "/outage/declare", reason="回線の故障", until_on="2026-11-24", status=422)
    assert page.errors == ["復旧の見込みは、今より後、始まりより後の日時にしてください。未定のときは空けてください。"]
    page = pmo.send(page, "/outage/declare", until_on="2026-11-26", until_time="12:00")
    assert "障害を宣言しました。" in page.text
    for visitor, path in ((anybody, "/login"), (client_as("clerk"), "/desk"), (client_as("officer"), "/queue")):
        assert "情報連携に障害があります 回線の故障" in visitor.open(path).text
    page = pmo.open("/outage")
    page = pmo.send(page, page.form("/outage/", holding="until_on").get("action"), until_on="")
    assert "（復旧は未定）" in page.text
    page = pmo.send(page, next(each for each in page.actions if each.endswith("/end")))
    assert "宣言されている障害はありません" in page.text
    assert "情報連携に障害があります" not in anybody.open("/login").text


def test_one_outage_holds_at_a_time_and_a_coming_one_is_announced(client_as, world):
    first, second = client_as("pmo"), client_as("pmo")
    pages = [visitor.open("/outage") for visitor in (first, second)]
    first.send(pages[0], "/outage/declare", from_on="2026-11-26", from_time="20:00", reason="定期保守")
    second.send(pages[1], "/outage/declare", reason="二つ目", status=422)
    clerk = client_as("clerk")
    assert "情報連携の停止が予定されています" in clerk.open("/desk").text
    assert "今は使えません" in clerk.open("/batches").text


def test_officers_and_clerks_see_what_is_to_be_expected(client_as, down):
    page = client_as("officer").open("/outage")
    assert "同じ種別の平均" in page.text
    assert "約124,000" not in page.text
    assert "54,696" in client_as("clerk").open("/outage").text  # 協会けんぽ


def sent(visitor, page):
    """Press the button and wait until the table is sent or could not be."""
    visitor.send(page, f"{page.path}/send")
    return sent_page(visitor, page)


def sent_page(visitor, page):
    """Wait, as the page's script does, and return what the page says then."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while visitor.client.get(f"{page.path}/progress").get_json()["is_loading"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return visitor.open(page.path)


def test_many_are_filed_from_one_table_all_at_once(client_as, world, down):
    clerk = client_as("clerk")
    page = sent_up(clerk, csv_of(people(30)))
    assert "送信できる行 30行" in page.text
    assert client_as("officer").open("/queue").text.count("INQ-2026-") == 0
    page = sent(clerk, page)
    assert "30件を送信しました。" in page.text
    assert len(page.links("INQ-2026-")) == 30
    rows = clerk.client.get(page.path + ".csv").get_data(as_text=True).splitlines()
    assert rows[1].startswith("2,INQ-2026-")
    assert "システム障害・メンテナンス" in clerk.open(page.links("INQ-2026-")[0]).text


def test_an_excel_table_does_as_well(client_as, down):
    assert "送信できる行 3行" in sent_up(client_as("clerk"), excel_of(people(3)), name="inquiries.xlsx").text


#   what is wrong with a row                                the column            the sentence
FAULTS = [
    ({"保険者番号": "06999999"}, "保険者番号", "照会先の医療保険者を選んでください。"),
    ({"氏名": ""}, "氏名", "氏名を入力してください。"),
    ({"フリガナ": "見本"}, "フリガナ", "フリガナは、カタカナかひらがなで入力してください。"),
    ({"生年月日": "33年"}, "生年月日", "読み取れません"),
    ({"生年月日": ""}, "生年月日", "セルが空です。"),
    ({"性別": "X"}, "性別", "性別を選んでください。"),
    ({"事務手続": "ない手続"}, "事務手続", ""),
    ({"照会したい情報": "一部負担金割合"}, "照会したい情報", "この事務手続では"),
    ({"回答方法": "ＦＡＸ"}, "回答方法", "「電話」「ファイル」「文書」のどれかを書いてください。"),
    ({"回答方法": "文書"}, "必要な期限", "必要な期限を入力してください。"),
]


@pytest.mark.parametrize(("change", "column", "sentence"), FAULTS)
def test_a_row_obeys_the_rules_of_a_single_inquiry(client_as, down, change, column, sentence):
    clerk = client_as("clerk")
    page = sent_up(clerk, csv_of([row(), row(**{"フリガナ": "ミホン　ジロウ", **change})]))
    problems = [" ".join(line.text_content().split()) for line in page.tree.xpath("//table[@id='problems']//tbody/tr")]
    assert any(line.startswith(f"3{column}") and sentence in line for line in problems), problems
    assert f"{page.path}/send" not in page.actions


def test_nothing_is_sent_while_one_row_is_faulty(client_as, world, down):
    clerk = client_as("clerk")
    page = sent_up(clerk, csv_of([*people(3), row(性別="")]))
    values = dict(page.form("/batches", holding="csrf_token").form_values())
    clerk.post(f"{page.path}/send", [*values.items(), ("mark", "x")])
    assert "送信できませんでした。１件も送信していません" in sent_page(clerk, page).text
    assert client_as("officer").open("/queue").text.count("INQ-2026-") == 0


def test_a_row_twice_in_one_table_is_seen(client_as, down):
    assert "この表の前のほうにあります" in sent_up(client_as("clerk"), csv_of([row(), row()])).text


def test_what_is_asked_already_is_left_out_unless_wanted(client_as, down):
    clerk = client_as("clerk")
    page = sent_up(clerk, csv_of(people(2)))
    sent(clerk, page)
    page = sent_up(clerk, csv_of(people(3)))
    assert "同じ照会がすでに進んでいる行 2行" in page.text
    page = sent(clerk, page)
    assert "1件を送信しました。" in page.text


def test_without_an_outage_no_table_is_taken(client_as, world):
    clerk = client_as("clerk")
    page = clerk.open("/batches")
    assert "今は使えません" in page.text
    token = clerk.open("/filing").tree.xpath("string(//input[@name='csrf_token']/@value)")
    sent = {"csrf_token": token, "idempotency_key": "k", "file": (io.BytesIO(csv_of(people(1))), "a.csv")}
    assert clerk.client.post("/batches", data=sent).status_code == 422


def test_an_unsent_table_is_its_makers_alone_and_can_be_thrown_away(client_as, down):
    clerk = client_as("clerk")
    page = sent_up(clerk, csv_of(people(1)))
    client_as("other_clerk").open(page.path, status=404)
    page = clerk.send(page, f"{page.path}/discard")
    assert "表を削除しました。" in page.text


def test_the_empty_tables_have_every_column(client_as, down):
    client = client_as("clerk").client
    columns = [*COLUMNS, *OPTIONAL]
    assert client.get("/batches/template.csv").get_data().decode("utf-8-sig").strip().split(",") == columns
    content = client.get("/batches/template.xlsx").get_data()
    assert next(rows_of(content)) == columns
    assert "資格取得年月日" in str(list(load_workbook(io.BytesIO(content))["書き方"].values))


def test_while_a_table_is_sent_its_page_says_so_and_nobody_throws_it_away(client_as, world, down):
    clerk = client_as("clerk")
    page = sent_up(clerk, csv_of(people(1)))
    batch_id = page.path.rpartition("/")[2]
    with world.house.work(world.clerk) as work:
        batches.begin_sending(work, batch_id)
    assert "送信が途中で止まりました。" in clerk.open(page.path).text
    with only_one(world.house.engine, f"table {batch_id}"):
        world.clock.forward(seconds=80)
        assert "送信を始めてから1分20秒" in clerk.open(page.path).text
        assert clerk.client.get(f"{page.path}/progress").get_json()["is_loading"]
        clerk.send(page, f"{page.path}/discard", status=422)
        sent_already = client_as("officer").open("/queue").text.count("INQ-2026-")
    assert sent_already == 0
    assert "1件を送信しました。" in sent(clerk, clerk.open(page.path)).text


def test_a_table_that_was_sent_a_moment_ago_is_sent_once_and_nothing_breaks_off(client_as, world, down):
    clerk = client_as("clerk")
    page = sent_up(clerk, csv_of(people(1)))
    batch_id = page.path.rpartition("/")[2]
    with world.house.reading(world.clerk) as work:
        mark = batches.look_through(work, batch_id).mark
    sending = batches.Sending(batch_id, mark, frozenset({batches.Standing.READY}))
    for _ in range(2):
        batches.send_behind(world.house, world.clerk, sending, begun=lambda: None)
    with world.house.reading(world.clerk) as work:
        batch, numbers = batches.sent(work, batch_id)
    assert (len(numbers), batch.code) == (1, "")


def end(world):
    with world.house.work(world.pmo) as work:
        outages.end(work, outages.in_force(work).id)


def test_a_table_that_was_not_sent_when_the_outage_ended_is_shown_and_thrown_away(client_as, world, down):
    clerk = client_as("clerk")
    address = sent_up(clerk, csv_of(people(1))).path
    end(world)
    assert address in [link.get("href") for link in clerk.open("/batches").tree.xpath("//main//a")]
    page = clerk.open(address)
    assert "この表は送信していません。" in page.text
    assert f"{address}/send" not in page.actions
    client_as("other_clerk").open(address, status=404)
    page = clerk.send(page, f"{address}/discard")
    assert "表を削除しました。" in page.text
    clerk.open(address, status=404)


def test_who_sends_when_the_outage_ends_is_told_that_nothing_was_sent(client_as, world, down):
    clerk = client_as("clerk")
    page = sent_up(clerk, csv_of(people(1)))
    end(world)
    assert "この表は送信していません。１件も照会になっていません" in sent(clerk, page).text


def test_a_table_that_nobody_sends_is_thrown_away_after_a_while_and_one_that_was_sent_stays(client_as, world, down):
    clerk = client_as("clerk")
    filed = sent(clerk, sent_up(clerk, csv_of(people(1)))).path
    lying = sent_up(clerk, csv_of(people(2))).path
    for days, thrown_away in ((14, 0), (1, 1), (1, 0)):
        world.clock.forward(days=days)
        done = {outcome.part: outcome for outcome in daily.run(world.house, world.operator)}[daily.Part.TABLES]
        assert (done.done, done.failures) == (thrown_away, ())
    clerk = client_as("clerk")
    clerk.open(filed)
    clerk.open(lying, status=404)
