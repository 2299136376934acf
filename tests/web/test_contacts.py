"""memo 3(2): the insurer contact list, kept by PMO staff."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from inquiry.web.dressing import cell
from tests.web.additions import GROUND, add_desk, agree
from tests.world import BRANCH, SOCIETY

HEADER = "保険者番号,保険者種別,都道府県,保険者名称,保険者名称カナ,担当部署,電話番号,FAX,受付時間,郵便番号,住所,回答方法,備考,確認日"
OF_DESKS = ",窓口名,担当範囲,担当する保険者番号,保険者番号の期間"
ADDED = "39131008,広域連合,東京都,みほん広域連合,ミホンコウイキレンゴウ,資格課,03-0000-1111,,,,,文書,,"


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


def desk_of(pmo, world, tail=""):
    return pmo.open(f"/contacts/{world.insurer_id}{tail}")


def lines(pmo, encoding="utf-8"):
    return pmo.client.get(f"/contacts/files/contacts.csv?encoding={encoding}").data


def upload(pmo, content, name="contacts.csv", status=200):
    page = pmo.open("/contacts/files/upload")
    form = page.form("/contacts/files/upload")
    data = {**dict(form.form_values()), "file": (BytesIO(content), name)}
    response = pmo.client.post("/contacts/files/upload", data=data)
    assert response.status_code == (303 if status == 200 else status)
    return pmo.open(response.location) if status == 200 else response.get_data(as_text=True)


SEARCHES = [
    ("みほん健康", 1),  # as it is written
    ("ミホンケンコウ", 1),
    ("みほんけんこうほけんくみあい", 1),  # hiragana
    ("ﾐﾎﾝｹﾝｺｳ", 1),  # half width
    ("０６１３００１７", 1),  # full width
    (SOCIETY, 1),
    ("0613", 1),
    ("", 2),
    ("いない", 0),
]


@pytest.mark.parametrize(("text", "found"), SEARCHES)
def test_a_desk_is_found_by_name_kana_or_number_in_any_width(pmo, text, found):
    assert f"{found}件" in pmo.open(f"/contacts/?text={text}").text


def test_the_list_is_narrowed_by_kind_and_prefecture(pmo):
    assert "1件" in pmo.open("/contacts/?kind=association").text
    assert "0件" in pmo.open("/contacts/?prefecture=北海道").text


def test_a_changed_desk_keeps_its_history_with_who_and_what(pmo, world):
    page = desk_of(pmo, world, "/change")
    page = pmo.send(page, hours="平日 9:00-17:00", section="資格適用課", **GROUND)
    assert "担当部署：適用課 → 資格適用課" in page.text
    assert "受付時間：平日 8:30-17:15 → 平日 9:00-17:00" in page.text
    assert "pmo の担当" in page.text


def test_the_second_of_two_who_change_a_desk_is_told_who_was_first(pmo, world):
    first, second = desk_of(pmo, world, "/change"), desk_of(pmo, world, "/change")
    pmo.send(first, section="甲課", **GROUND)
    refused = pmo.send(second, section="乙課", status=409, **GROUND)
    assert "pmo の担当" in refused.text
    assert "甲課" in desk_of(pmo, world).text


UNION = {
    "insurer_number": "39131008", "name": "みほん広域連合", "prefecture": "東京都", "section": "資格課",
    "telephone": "03-0000-1111", "channels": ["文書"],
}  # fmt: skip


def test_a_desk_is_added_with_the_kind_its_number_says(client_as):
    page = add_desk(client_as, **{**UNION, "insurer_number": "３９１３１００８"})
    assert "反映済み" in page.text
    assert "保険者種別 広域連合" in page.text
    assert "39131008" in page.text


REFUSED = [
    ({"insurer_number": "39131009"}, "検証番号が合いません"),
    ({"insurer_number": "138057"}, "市町村国保はこの照会の対象外です"),
    ({"telephone": "12"}, "市外局番がありません"),
    ({"postal_code": "12"}, "郵便番号は７桁"),
    ({"name": ""}, "保険者名称を入力してください"),
    ({"channels": []}, "回答方法を１つ以上"),
    ({"insurer_number": SOCIETY}, "すでに一覧にあります"),
    ({"evidence": ""}, "根拠とした文書か"),
    ({"checked_on": ""}, "根拠を確かめた日"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(pmo, change, said):
    page = pmo.send(pmo.open("/contacts/new"), status=422, **{**UNION, **GROUND, **change})
    assert [line for line in page.errors if said in line]
    assert page.form("/contacts/new").fields["section"] == "資格課"


def test_a_desk_ends_after_a_question_and_its_insurer_can_come_back(pmo, client_as, world):
    page = pmo.send(desk_of(pmo, world, "/end"), evidence="廃止の届出", checked_on="2026-11-24")
    assert "終了した窓口" in page.text
    assert "1件" in pmo.open("/contacts/").text
    add_desk(
        client_as, insurer_number=SOCIETY, name="みほん健康保険組合", prefecture="東京都", section="適用課",
        telephone="03-0000-1234", channels=["電話"],
    )  # fmt: skip
    page = desk_of(pmo, world)
    assert "照会できます" in page.text
    assert "第2版" in page.text


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_what_is_exported_is_imported_without_a_difference(pmo, encoding):
    content = lines(pmo, encoding)
    assert content.decode("utf-8-sig" if encoding == "utf-8" else "cp932").splitlines()[0] == HEADER + OF_DESKS
    page = upload(pmo, content)
    assert "変わらない窓口 2件" in page.text
    assert "変更 0件" in page.text


def test_the_list_for_excel_is_imported_without_a_difference(pmo):
    handed_out = pmo.client.get("/contacts/files/contacts.xlsx")
    assert handed_out.headers["Content-Disposition"] == 'attachment; filename="contacts.xlsx"'
    page = upload(pmo, handed_out.data, "contacts.xlsx")
    assert "変わらない窓口 2件" in page.text
    assert "変更 0件" in page.text


def test_what_is_looked_for_is_printed_with_its_numbers_whole(pmo):
    page = pmo.open("/contacts/?kind=association")
    (address,) = page.links("PDF（1～1件目）")
    printed = PdfReader(BytesIO(pmo.client.get(address).data))
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert BRANCH in text
    assert SOCIETY not in text
    assert "1件のうち1～1件目" in text
    pmo.open("/contacts/files/contacts.pdf?page=2", status=404)


def test_a_character_that_the_encoding_lacks_is_reported_and_never_replaced(pmo, world):
    pmo.send(desk_of(pmo, world, "/change"), section="𠮷野課", **GROUND)
    page = pmo.open("/contacts/files/contacts.csv?encoding=cp932", status=422)
    assert "𠮷" in page.text
    assert "担当部署" in page.text
    assert "𠮷野課".encode() in lines(pmo)


def test_an_import_shows_what_it_would_do_before_it_does_it(pmo, client_as):
    kept = lines(pmo).decode("utf-8-sig").splitlines()
    society = next(line for line in kept if line.startswith(SOCIETY)).replace("適用課", "新しい課")
    page = upload(pmo, f"{HEADER}{OF_DESKS}\r\n{society}\r\n{ADDED},,,,".encode())
    assert "追加 1件 変更 1件 ファイルにない窓口 1件" in page.text
    assert "担当部署：適用課 → 新しい課" in page.text
    assert "2件" in pmo.open("/contacts/").text
    page = pmo.send(page, page.path + "/import", ends_missing=True, evidence="令和8年11月の通知")
    (added,) = page.links("みほん広域連合")
    listed = pmo.open("/contacts/")
    assert "1件" in listed.text
    assert "追加を提案中の窓口が1件あります" in listed.text
    assert BRANCH not in listed.text
    agree(client_as("other_pmo"), added)
    assert "2件" in pmo.open("/contacts/").text


def test_desks_missing_from_the_file_stay_unless_their_end_is_chosen(pmo, client_as):
    page = upload(pmo, f"{HEADER}\r\n{ADDED}".encode())
    page = pmo.send(page, page.path + "/import", evidence="令和8年11月の通知")
    agree(client_as("other_pmo"), page.links("みほん広域連合")[0])
    assert "3件" in pmo.open("/contacts/").text


def test_with_one_bad_row_nothing_of_the_file_is_imported(pmo):
    page = upload(pmo, f"{HEADER}\r\n{ADDED}\r\n{ADDED.replace('39131008', '39131009')}".encode())
    assert "取り込めない行" in page.text
    assert "検証番号が合いません" in page.text
    assert not [action for action in page.actions if action.endswith("/import")]
    assert "2件" in pmo.open("/contacts/").text


def test_a_desk_whose_row_is_bad_is_not_taken_for_ended(pmo):
    bad = ADDED.replace("39131008", SOCIETY).replace("03-0000-1111", "電話")
    assert "ファイルにない窓口 1件" in upload(pmo, f"{HEADER}\r\n{bad}".encode()).text


def test_a_list_that_changed_since_the_preview_is_shown_again(pmo, world):
    page = upload(pmo, f"{HEADER}\r\n{ADDED}".encode())
    pmo.send(desk_of(pmo, world, "/end"), evidence="廃止の届出", checked_on="2026-11-24")
    pmo.send(page, page.path + "/import", status=409, evidence="令和8年11月の通知")
    assert "1件" in pmo.open("/contacts/").text


def test_what_is_no_such_table_is_refused_with_the_reason(pmo):
    assert "様式どおりの列" in upload(pmo, "番号\n1\n".encode(), status=422)


def test_an_upload_may_be_dropped(pmo):
    page = upload(pmo, f"{HEADER}\r\n{ADDED}".encode())
    pmo.send(page, page.path + "/discard")
    pmo.open(page.path, status=404)


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor"])
def test_only_pmo_staff_keep_the_list(client_as, name):
    client_as(name).open("/contacts/", status=403)


#  what the file says          in which column     as people read it
CELLS = [
    ("2026-11-24", "確認日", "令和8年11月24日"),
    ("電話;文書", "回答方法", "電話・文書"),
    ("電話;文書", "備考", "電話;文書"),
    (5, "同姓同名の人数", "5"),
]


@pytest.mark.parametrize(("value", "column", "read"), CELLS)
def test_a_change_is_read_as_people_write(value, column, read):
    assert cell(value, column) == read
