"""memo 3(2) ※; memo annex STEP1 ※3: an insurer has one desk or several, and an inquiry is asked at the right one."""

from dataclasses import replace

import pytest

from inquiry.directory.insurers import InsurerKind
from inquiry.domain.errors import InvalidValue
from inquiry.domain.reply import Channel
from inquiry.workflow import composing, contact_files, contacts, insurer_numbers, viewing
from tests.web.additions import GROUND
from tests.web.stages import filed
from tests.web.test_amendments import approve, called, proposed
from tests.web.test_contacts import upload
from tests.world import SOCIETY, desk

SECOND_NUMBER = "63130017"
ENDED = {"evidence": "廃止の届出", "checked_on": "2026-11-24"}
BRANCH_DESK = {
    "insurer_number": SOCIETY, "desk_name": "退職者窓口", "serves_whom": "特例退職被保険者", "name": "みほん健康保険組合",
    "prefecture": "東京都", "section": "年金福祉課", "telephone": "03-0000-5678", "hours": "平日 10:00-15:00",
    "channels": ["電話", "文書"],
}  # fmt: skip


BRANCH_ROW = {
    "desk_name": "退職者窓口", "serves_whom": "特例退職被保険者", "serves_numbers": (SECOND_NUMBER,),
    "section": "年金福祉課", "telephone": "0300005678", "hours": "平日 10:00-15:00",
    "channels": frozenset({Channel.CALL_BACK, Channel.LETTER}), "checked_on": None,
}  # fmt: skip


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


@pytest.fixture
def clerk(client_as):
    return client_as("clerk")


def give_second_number(world):
    with world.house.work(world.operator) as work:
        insurer = contacts.history(work, world.insurer_id)[0].entry.insurer
        held = insurer_numbers.periods_of(insurer)
        insurer_numbers.write(work, insurer, (*held, insurer_numbers.NumberPeriod(SECOND_NUMBER, work.today)))


def add_desk(world):
    """Put the second desk on the list; how people do it: test_additions.py."""
    give_second_number(world)
    with world.house.work(world.operator) as work:
        row = desk(SOCIETY, InsurerKind.SOCIETY, "みほん健康保険組合", "ミホンケンコウホケンクミアイ", **BRANCH_ROW)
        contacts.save(work, row)


def asked(clerk, text):
    """Type whom to ask into a form, and return it with what was understood."""
    page = clerk.open("/filing")
    return clerk.send(page, page.path, button="next=find", insurer=text)


def test_a_further_desk_stands_on_the_list_beside_the_main_one(pmo, world):
    add_desk(world)
    page = pmo.open(f"/contacts/{world.insurer_id}?desk=2")
    assert "みほん健康保険組合 退職者窓口" in page.text
    assert "担当範囲 特例退職被保険者" in page.text
    assert "3件" in pmo.open("/contacts/").text
    assert "1件" in pmo.open("/contacts/?text=特例退職").text
    main = pmo.open(f"/contacts/{world.insurer_id}")
    assert "退職者窓口" in main.text
    assert "03-0000-1234" in main.text


REFUSED = [
    ({"desk_name": ""}, "すでに一覧にあります"),
    ({"insurer_number": "39131008"}, "主たる窓口がありません"),
    ({"serves_numbers": "06270011"}, "この保険者の番号ではありません"),
    ({"serves_numbers": "1"}, "６桁または８桁"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_a_desk_that_cannot_be_is_refused_with_what_to_do(pmo, world, change, said):
    give_second_number(world)
    page = pmo.send(pmo.open("/contacts/new"), status=422, **(BRANCH_DESK | GROUND | change))
    assert [line for line in page.errors if said in line]


def test_no_two_desks_have_one_name_or_serve_one_number(pmo, world):
    add_desk(world)
    again = pmo.send(pmo.open("/contacts/new"), status=422, **(BRANCH_DESK | GROUND))
    assert "すでに一覧にあります" in again.text
    other = BRANCH_DESK | GROUND | {"desk_name": "第二窓口", "serves_numbers": SECOND_NUMBER}
    assert "ほかの窓口が担当しています" in pmo.send(pmo.open("/contacts/new"), status=422, **other).text
    with world.house.work(world.operator) as work:
        row = contacts.history(work, world.insurer_id, desk=2)[0].row
        contacts.save(work, replace(row, desk_name="第二窓口", serves_numbers=()))
    renamed = pmo.send(
        pmo.open(f"/contacts/{world.insurer_id}/change?desk=3"), status=422, desk_name="退職者窓口", **GROUND
    )
    assert "同じ名前の窓口" in renamed.text
    main = pmo.send(pmo.open(f"/contacts/{world.insurer_id}/change"), status=422, desk_name="本部", **GROUND)
    assert "主たる窓口では空欄" in main.text


def test_a_desk_has_versions_checks_and_an_end_of_its_own(pmo, world):
    add_desk(world)
    address = f"/contacts/{world.insurer_id}"
    page = pmo.send(pmo.open(f"{address}/change?desk=2"), section="給付課", **GROUND)
    assert "担当部署：年金福祉課 → 給付課" in page.text
    assert "給付課" not in pmo.open(address).text
    pmo.send(pmo.open(f"{address}/end"), status=422, **ENDED)
    ended = pmo.send(pmo.open(f"{address}/end?desk=2"), **ENDED)
    assert "終了した窓口" in ended.text
    assert "照会できます" in pmo.open(address).text


def test_a_desk_not_checked_in_time_is_a_task_of_its_own(pmo, world):
    add_desk(world)
    assert pmo.open("/directory-chores").links("退職者窓口") == [f"/contacts/{world.insurer_id}/change?desk=2"]


def test_the_clerk_is_led_to_the_desk_of_the_number_and_sees_the_others(pmo, clerk, world):
    add_desk(world)
    by_number = asked(clerk, SECOND_NUMBER)
    form = by_number.form(by_number.path)
    assert form.fields["desk"] == f"{world.insurer_id}/2"
    assert "主たる窓口" in by_number.text
    by_main = asked(clerk, SOCIETY)
    assert by_main.form(by_main.path).fields["desk"] == f"{world.insurer_id}/1"
    assert "退職者窓口（特例退職被保険者、保険者番号 63130017）" in by_main.text


def test_another_insurer_typed_over_leaves_no_desk_behind(pmo, clerk, world):
    add_desk(world)
    page = asked(clerk, SECOND_NUMBER)
    page = clerk.send(page, page.path, button="next=find", insurer="01130012")
    assert "desk" not in page.form(page.path).fields


def ask_at_branch(world):
    return filed(world, insurer_number=SECOND_NUMBER, insurer_id=world.insurer_id)


def test_an_inquiry_keeps_its_number_and_goes_to_its_desk_everywhere(pmo, clerk, world):
    add_desk(world)
    inquiry_id = ask_at_branch(world)
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "照会したときの保険者番号 63130017" in page.text
    assert "03-0000-5678" in page.text
    assert "退職者窓口" in page.text
    clerk.send(page, f"/inquiries/{inquiry_id}/number-trouble", trouble="no_answer")
    assert f"/contacts/{world.insurer_id}?desk=2" in pmo.open("/directory-chores").links("みほん健康保険組合")
    with world.house.reading(world.officer) as work:
        assert composing.from_insurer(work, viewing.listed(work, inquiry_id)).telephone == "03-0000-5678"


def test_a_channel_the_desk_does_not_offer_is_refused_though_the_main_desk_does(pmo, world):
    add_desk(world)
    with pytest.raises(InvalidValue, match="channel_not_offered"):
        filed(world, insurer_number=SECOND_NUMBER, channel="file")


def test_a_new_number_of_one_desk_reaches_its_inquiries_alone(pmo, client_as, world):
    add_desk(world)
    at_branch, at_main = ask_at_branch(world), filed(world)
    path = proposed(pmo, f"/contacts/{world.insurer_id}/change?desk=2", telephone="03-0000-9876", **GROUND)
    other = client_as("other_pmo")
    approve(other, path)
    assert "03-0000-5678" in other.open(path).text
    called(other, path)
    world.clock.forward(days=3, minutes=1)
    again = client_as("other_pmo")
    again.send(again.open(path), path + "/enact")
    reader = client_as("clerk")
    assert "03-0000-9876" in reader.open(f"/inquiries/{at_branch}").text
    assert "照会窓口の連絡先が変更" in reader.open(f"/inquiries/{at_branch}").text
    assert "照会窓口の連絡先が変更" not in reader.open(f"/inquiries/{at_main}").text


def test_a_desk_that_ends_leaves_its_inquiries_to_the_main_desk_and_tells_their_clerks(pmo, clerk, world):
    add_desk(world)
    inquiry_id = ask_at_branch(world)
    pmo.send(pmo.open(f"/contacts/{world.insurer_id}/end?desk=2"), **ENDED)
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "03-0000-1234" in page.text
    assert "照会窓口の連絡先が変更" in page.text


def test_an_insurers_officers_see_each_of_their_desks(pmo, client_as, world):
    add_desk(world)
    officer = client_as("officer")
    page = officer.open("/own-entry/desk")
    (address,) = page.links("退職者窓口")
    page = officer.send(officer.open(address), hours="平日 9:00-12:00", **GROUND)
    assert "もう一人の確認待ち" in page.text


def test_desks_go_out_and_come_back_in_every_form(pmo, world):
    add_desk(world)
    for address, name in (("csv?encoding=utf-8", "a.csv"), ("csv?encoding=cp932", "a.csv"), ("xlsx", "a.xlsx")):
        content = pmo.client.get(f"/contacts/files/contacts.{address}").data
        assert "変わらない窓口 3件" in upload(pmo, content, name).text
    assert pmo.client.get("/contacts/files/contacts.pdf").data.startswith(b"%PDF")


def test_a_file_without_the_columns_of_desks_leaves_them_as_they_are(pmo, world):
    add_desk(world)
    with world.house.reading() as work:
        table = contact_files.export(work, "utf-8-sig").decode("utf-8-sig").splitlines()
    old = [",".join(line.split(",")[:14]) for line in table if "退職者窓口" not in line]
    page = upload(pmo, "\r\n".join(old).encode())
    assert "変更 0件 ファイルにない窓口 1件 変わらない窓口 2件" in page.text


BAD_ROWS = [
    ({"窓口名": "窓口", "保険者番号の期間": f"{SOCIETY} 2020-04-01～"}, "主たる窓口（窓口名が空欄）の行"),
    ({"保険者番号の期間": f"{SOCIETY} いつか"}, "の形で入力してください"),
    ({"保険者番号の期間": f"{SOCIETY} 2020-04-01～; {SOCIETY} 2021-04-01～"}, "期間が重なっています"),
    ({"保険者番号の期間": f"{SOCIETY} 2020-04-01～2019-04-01"}, "終わりの日が始まりの日より前"),
    ({"保険者番号の期間": f"{SOCIETY} 2020-04-01～; 01130012 2020-04-01～"}, "ほかの保険者の番号"),
    ({"担当する保険者番号": "06270011"}, "この保険者の番号ではありません"),
]


@pytest.mark.parametrize(("cells", "said"), BAD_ROWS)
def test_a_row_that_contradicts_the_list_is_named_before_anything_is_taken_over(pmo, cells, said):
    header, *rows = pmo.client.get("/contacts/files/contacts.csv").data.decode("utf-8-sig").splitlines()
    society = dict(zip(header.split(","), next(row for row in rows if row.startswith(SOCIETY)).split(","), strict=True))
    changed = ",".join((society | cells).values())
    page = upload(pmo, f"{header}\r\n{changed}".encode())
    assert said in page.text
    assert not [action for action in page.actions if action.endswith("/import")]
