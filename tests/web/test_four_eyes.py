"""The second look on screen."""

from inquiry.domain.findings import Finding
from inquiry.domain.four_eyes import Requirement, Rule
from inquiry.domain.reply import Channel
from inquiry.workflow import answering, four_eyes
from tests.web.stages import TOLD, events_of, found, version_of


def prepared(world):
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0)
    inquiry_id = found(world, Finding.ONE)
    with world.house.work(world.officer) as work:
        version = version_of(world, inquiry_id)
        answering.prepare(work, inquiry_id, version, channel=Channel.CALL_BACK, items=TOLD)
    return inquiry_id


def test_a_supervisor_sets_the_rule_and_an_officer_reads_it(client_as, world):
    supervisor = client_as("supervisor")
    page = supervisor.open("/four-eyes")
    page = supervisor.send(page, requirement="some", status=422)
    assert page.errors == ["確認を求める回答の種類を、１つ以上選んでください。"]
    page = supervisor.send(page, "/four-eyes", requirement="always", substitute_id=world.officer.account_id)
    assert "回答の前の確認を変更しました。" in page.text
    page = client_as("officer").open("/four-eyes")
    assert "すべての回答で求める" in page.text
    assert "/four-eyes" not in page.actions


def test_the_second_person_sees_what_will_leave_and_the_first_that_it_waits(client_as, world):
    inquiry_id = prepared(world)
    officer, supervisor = client_as("officer"), client_as("supervisor")
    page = officer.open(f"/inquiries/{inquiry_id}")
    assert "確認待ち" in page.text
    assert f"/inquiries/{inquiry_id}/release" not in page.actions
    assert "もう一人の確認を待っている回答が1件あります。" in officer.open("/queue").text
    page = supervisor.open(f"/inquiries/{inquiry_id}")
    assert "次の内容が「電話（代表電話への折り返し）」で伝わります。" in page.text
    page = supervisor.send(page, f"{page.path}/send-back", status=422, **{"back-reason": ""})
    assert page.errors == ["差し戻す理由を入力してください。"]
    page = supervisor.send(page, f"/inquiries/{inquiry_id}/send-back", **{"back-reason": "番号を確かめる"})
    assert "番号を確かめる" in officer.open(f"/inquiries/{inquiry_id}").text
    page = supervisor.send(page, f"/inquiries/{inquiry_id}/release")
    assert "確認済み" in officer.open(f"/inquiries/{inquiry_id}").text
    assert events_of(world, inquiry_id)[-2:] == ["answer_sent_back", "answer_released"]


def test_whoever_made_a_part_of_it_reads_why_they_are_not_the_second_person(client_as, world):
    inquiry_id = prepared(world)
    with world.house.work(world.supervisor) as work:
        version = version_of(world, inquiry_id)
        answering.prepare(work, inquiry_id, version, channel=Channel.CALL_BACK, items=TOLD)
    page = client_as("supervisor").open(f"/inquiries/{inquiry_id}")
    assert "あなたが作ったものが含まれているため、あなたは確認できません。" in page.text
    assert f"/inquiries/{inquiry_id}/release" not in page.actions
    assert "あなたが作ったもの" not in client_as("officer").open(f"/inquiries/{inquiry_id}").text


def test_a_rule_that_is_loosened_lets_what_waits_wait_and_the_pages_say_so(client_as, world):
    inquiry_id = prepared(world)
    supervisor = client_as("supervisor")
    page = supervisor.send(supervisor.open("/four-eyes"), requirement="never", reason="担当者が一人になるため")
    assert "すでに確認を待っている回答は、待ったままです。" in page.text
    officer = client_as("officer")
    assert "もう一人の確認を待っている回答が1件あります。" in officer.open("/queue").text
    page = officer.open(f"/inquiries/{inquiry_id}")
    assert "確認待ち" in page.text
    assert "今の設定では確認を求めませんが" in page.text
    page = supervisor.open(f"/inquiries/{inquiry_id}")
    supervisor.send(page, f"/inquiries/{inquiry_id}/release")
    assert "確認済み" in officer.open(f"/inquiries/{inquiry_id}").text


def test_the_municipality_learns_nothing_of_it(client_as, world):
    page = client_as("clerk").open(f"/inquiries/{prepared(world)}")
    assert "もう一人" not in page.text


def test_the_page_shows_who_set_which_rule_when_and_why(client_as):
    supervisor = client_as("supervisor")
    page = supervisor.open("/four-eyes")
    assert "まだ設定していません" in page.text
    page = supervisor.send(page, requirement="some", triggers=["sensitive_items"])
    page = supervisor.send(page, requirement="never", status=422)
    assert page.errors == ["確認を求める回答を減らす変更です。変更の理由を入力してください。"]
    supervisor.send(page, "/four-eyes", reason="担当者が一人になるため")
    page = client_as("officer").open("/four-eyes")
    history = [" ".join(line.text_content().split()) for line in page.tree.xpath("//ol[@class='c-timeline']/li")]
    assert len(history) == 2
    assert "第2版（今の設定） 求めない" in history[0]
    assert "理由：担当者が一人になるため" in history[0]
    assert "病気や給付がわかる項目" in history[1]


def with_file(world, client_as):
    """An answer as a locked file under a rule by which all wait: the inquiry's address."""
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0)
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, version_of(world, inquiry_id), channel=Channel.FILE, items=TOLD)
    address, officer = f"/inquiries/{inquiry_id}", client_as("officer")
    officer.send(officer.open(address), f"{address}/file/make")
    return address


def test_the_second_person_reads_what_stands_in_the_file_that_will_leave(client_as, world):
    address, supervisor = with_file(world, client_as), client_as("supervisor")
    page = supervisor.open(address)
    assert "ファイルに書かれている内容" in page.text
    lines = [line.text_content() for line in page.tree.xpath("//div[@class='c-quote']/p")]
    assert "被保険者証番号　／　番号345" in lines
    assert "医療保険の資格等に関する照会について（回答）" in lines
    supervisor.send(page, f"{address}/release")
    assert "確認済み" in client_as("officer").open(address).text


def test_a_file_made_again_is_released_before_the_municipality_fetches_it(client_as, world):
    address = with_file(world, client_as)
    officer, supervisor, clerk = client_as("officer"), client_as("supervisor"), client_as("clerk")
    supervisor.send(supervisor.open(address), f"{address}/release")
    officer.send(officer.open(address), f"{address}/file/give")
    assert f"{address}/answer" in clerk.open(address).actions
    officer.send(officer.open(address), f"{address}/file/make-again", kind="pdf")
    page = clerk.open(address)
    assert "新しいファイルは、保険者の中で確認を待っています" in page.text
    assert f"{address}/answer" not in page.actions
    assert "市町村等は新しいファイルを受け取れません" in officer.open(address).text
    assert "もう一人の確認を待っている回答が1件あります。" in supervisor.open("/queue").text
    supervisor.send(supervisor.open(address), f"{address}/release")
    assert f"{address}/answer" in clerk.open(address).actions
