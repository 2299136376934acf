"""STEP1 ①②: filing an inquiry on the screen, and taking in one that came by telephone or paper."""

from dataclasses import replace

import pytest

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.domain.reply import Channel
from inquiry.store.inquiries import Page, inquiries_latest_first
from inquiry.workflow import contacts, filing
from inquiry.workflow.difficult_drafting import Listing
from tests.world import SOCIETY

FORM = {
    "insurer": "みほん健康保険組合",
    "reason": "E01",
    "written": "髙橋　太郎",
    "kana": "タカハシ　タロウ",
    "birth_date": "S33.4.1",
    "sex": "1",
    "procedure": "YOBO-16",
    "channel": "call_back",
}
INTAKE = {
    "entrance": "telephone",
    "municipality": "千代田区",
    "section": "健康推進課",
    "person": "山田 花子",
    "heard_telephone": "03-0000-0007",
}
ITEMS = ["SHIKAKU-06", "SHIKAKU-07"]


def filled(visitor, start="/filing", **changes):
    """Fill the form without JavaScript: whom and for what first, then the match and the items the procedure has."""
    page = visitor.open(start)
    fields = {**FORM, **changes}
    items = fields.pop("items", ITEMS)
    page = visitor.send(page, page.path, button="next=items", **fields)
    for pick in ("insurer_pick", "municipality_pick"):
        radios = page.form(page.path).xpath(f".//input[@type='radio' and @name='{pick}']/@value")
        if radios:
            page = visitor.send(page, page.path, button="next=find", **{pick: radios[0]})
    if items and "items" in page.form(page.path).fields:
        page.form(page.path).inputs["items"].value = set(items)
    return page


def checked(visitor, *, status=200, **changes):
    page = filled(visitor, **changes)
    return visitor.send(page, page.path, button="next=check", status=status)


def refused(visitor, **changes):
    return checked(visitor, status=422, **changes)


def taken_in(visitor, **changes):
    fields = {name: value for name, value in FORM.items() if name != "insurer"}
    page = visitor.open("/intake")
    page = visitor.send(page, page.path, button="next=items", **fields, **{**INTAKE, **changes})
    radios = page.form(page.path).xpath(".//input[@type='radio' and @name='municipality_pick']/@value")
    page = visitor.send(page, page.path, button="next=find", municipality_pick=radios[0])
    page.form(page.path).inputs["items"].value = set(ITEMS)
    return visitor.send(page, page.path, button="next=check")


def inquiries(world):
    with world.house.reading(world.clerk) as work:
        return inquiries_latest_first(work.session, work.scope, ["filed"], Page(10))[::-1]


def test_an_inquiry_is_filed_over_a_check_page_and_gets_its_receipt_number(client_as, world):
    clerk = client_as("clerk")
    page = checked(clerk)
    assert page.path.endswith("/check")
    assert "まだ送信されていません" in page.text
    assert "昭和33年4月1日" in page.text
    assert inquiries(world) == []
    page = clerk.send(page)
    assert "INQ-2026-000001" in page.text
    assert "令和8年11月25日（水） 17:15" in page.text
    page = clerk.open(page.links("照会の画面")[0])
    assert "髙橋 太郎" in page.text


def test_the_check_page_leads_back_to_each_field(client_as):
    page = checked(client_as("clerk"))
    anchors = {href.rpartition("#")[2] for href in page.links("変更")}
    form = client_as("clerk")
    assert {"written", "kana", "birth_date", "sex", "insurer", "procedure", "items", "channel"} <= anchors
    ids = set(filled(form).tree.xpath("//@id"))
    assert anchors <= ids


def test_sending_twice_makes_one_inquiry(client_as, world):
    clerk = client_as("clerk")
    page = checked(clerk)
    values = page.form(page.path).form_values()
    clerk.post(page.path, values, status=303)
    second = clerk.post(page.path, values)
    assert "INQ-2026-000001" in second.title
    assert len(inquiries(world)) == 1


def test_a_check_page_in_a_second_window_finds_its_draft_gone(client_as, world):
    clerk = client_as("clerk")
    page = checked(clerk)
    again = clerk.open(page.path)
    clerk.send(page)
    assert "下書きが見つかりません" in clerk.send(again, status=404).text
    assert len(inquiries(world)) == 1


#    what is missing or wrong                        the field, and what the clerk reads   memo annex STEP1 ②, ※1-※4
REFUSALS = [
    ({"insurer": ""}, "保険者を特定しない照会には回答できません"),
    ({"insurer": "どこにもない組合"}, "当てはまる保険者がありません"),
    ({"insurer": "138057"}, "市町村国保はこの照会の対象外です"),
    ({"insurer": "31130016"}, "共済組合はこの照会の対象外です"),
    ({"insurer": "06130018"}, "検証番号が合いません"),
    ({"insurer": "06130025"}, "照会窓口一覧にありません"),
    ({"reason": ""}, "エラー等の種別を選んでください"),
    ({"reason": "E07"}, "照会条件の不備です"),
    ({"reason": "E05"}, "上司の確認が必要です"),
    ({"reason": "L01"}, "リストの対象ではありません"),
    ({"error_at": ""}, "エラーが返った日時を入力してください"),
    ({"error_at": "R9.1.1"}, "エラーの日時が先の日時になっています"),
    ({"written": ""}, "氏名を入力してください"),
    ({"kana": ""}, "フリガナを入力してください"),
    ({"kana": "高橋 太郎"}, "フリガナは、カタカナかひらがなで入力してください"),
    ({"birth_date": ""}, "生年月日を入力してください"),
    ({"birth_date": "昭和64年2月1日"}, "その元号が終わった後の日付です"),
    ({"birth_date": "33.4.1x"}, "日付を読み取れません"),
    ({"procedure": ""}, "事務手続を選んでください"),
    ({"items": []}, "照会する項目がありません"),
    ({"channel": "letter"}, "文書での回答では、必要な期限を入力してください"),
    ({"channel": "letter", "needed_by": "R8.11.24"}, "回答の期限が過去の日付です"),
    ({"section": ""}, "所属を入力してください"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSALS)
def test_what_stands_in_the_way_is_said_at_its_field_and_nothing_typed_is_lost(client_as, changes, said):
    page = refused(client_as("clerk"), **changes)
    assert page.title.startswith("エラー：")
    assert any(said in line for line in page.errors), page.errors
    if "written" not in changes:
        assert page.form(page.path).fields["written"] == "髙橋　太郎"


def test_sex_is_mandatory(client_as):
    clerk = client_as("clerk")
    page = filled(clerk)
    values = [pair for pair in page.form(page.path).form_values() if pair[0] != "sex"]
    page = clerk.post(page.path, [*values, ("next", "check")], status=422)
    assert "性別を選んでください。" in page.errors


def test_every_fault_is_named_at_once(client_as):
    page = refused(client_as("clerk"), written="", kana="", birth_date="", items=[], channel="letter")
    assert len(page.errors) >= 5


@pytest.mark.parametrize("typed", ["1958-04-01", "S33.4.1", "昭和33年4月1日", "3330401", "昭和33年4月不詳"])
def test_a_birth_date_is_read_in_any_spelling_and_an_unknown_part_is_marked(client_as, typed):
    page = checked(client_as("clerk"), birth_date=typed)
    assert ("昭和33年4月不詳" if "不詳" in typed else "昭和33年4月1日") in page.text


def suggested(visitor, address, typed):
    """Ask for suggestions as the page's script does."""
    start = "/filing" if address.endswith("insurers") else "/intake"
    token = dict(visitor.open(start).form().form_values())["csrf_token"]
    return visitor.client.post(address, data={"q": typed, "csrf_token": token}).get_json()


@pytest.mark.parametrize("typed", ["みほん", "ﾐﾎﾝｹﾝｺｳ", SOCIETY, "０６１３００１７"])
def test_an_insurer_is_found_by_name_kana_and_number(client_as, typed):
    clerk = client_as("clerk")
    found = suggested(clerk, "/filing/insurers", typed)
    assert [entry["label"] for entry in found] == ["みほん健康保険組合"]
    assert "健康保険組合" in found[0]["note"]
    assert "掲載なし" in found[0]["note"]
    assert "パスワード付きファイル" in found[0]["note"]
    assert "平日 8:30-17:15" in found[0]["note"]


@pytest.mark.parametrize("typed", [SOCIETY, "０６１３００１７"])
def test_a_whole_insurer_number_names_its_insurer_without_javascript(client_as, typed):
    page = checked(client_as("clerk"), insurer=typed, insurer_id="")
    assert "みほん健康保険組合" in page.text


def test_a_number_out_of_scope_is_answered_with_the_reason(client_as):
    found = suggested(client_as("clerk"), "/filing/insurers", "138057")
    assert [entry["value"] for entry in found] == [""]
    assert "市町村国保はこの照会の対象外です" in found[0]["note"]


def test_a_name_typed_over_an_earlier_choice_does_not_go_to_the_insurer_chosen_before(client_as):
    clerk = client_as("clerk")
    page = filled(clerk)
    page = clerk.send(page, page.path, button="next=check", status=422, insurer="全国健康保険協会")
    assert "照会先の保険者がまだ選ばれていません。下の候補から選んでください。" in page.errors
    assert "全国健康保険協会 東京支部" in page.text


def test_an_insurer_that_does_no_files_is_not_asked_for_one(client_as, world):
    with world.house.work(world.pmo) as work:
        desk = contacts.history(work, world.insurer_id)[0].row
        contacts.save(work, replace(desk, channels=frozenset({Channel.LETTER})))
    page = refused(client_as("clerk"), channel="file")
    assert any("選んだ回答方法に対応していません" in line for line in page.errors)


@pytest.mark.parametrize(("relation", "status"), [("2", 200), ("1", 422)])
def test_kyokai_kenpo_is_listed_for_dependants_alone(client_as, world, relation, status):
    today = world.clock.now.date()
    world.publish_list(Listing(world.branch_id, Scope.DEPENDANTS_ONLY, Category.ATTACHMENTS_NEEDED, today))
    page = checked(client_as("clerk"), status=status, insurer="全国健康保険協会", reason="L01", relation=relation)
    assert "掲載あり（被扶養者のみ）" in page.text


def test_only_the_procedures_items_are_offered(client_as):
    page = filled(client_as("clerk"), procedure="JIDOTEATE", items=[])
    assert page.form(page.path).xpath(".//fieldset//input[@name='items' and not(ancestor::template)]/@value") == [
        "SHIKAKU-05",
        "SHIKAKU-06",
    ]
    assert len(page.tree.xpath("//template[@data-items-when='JIDOTEATE']//input")) == 2


def test_an_item_smuggled_in_is_refused(client_as):
    clerk = client_as("clerk")
    page = filled(clerk, procedure="JIDOTEATE", items=["SHIKAKU-06"])
    values = [*page.form(page.path).form_values(), ("items", "TOKUTEI-01"), ("next", "check")]
    page = clerk.post(page.path, values, status=422)
    assert any("この事務手続では照会できない項目" in line for line in page.errors)


def test_the_same_person_insurer_and_procedure_already_open_is_pointed_out(client_as):
    clerk = client_as("clerk")
    clerk.send(checked(clerk))
    page = checked(clerk, kana="ﾀｶﾊｼ ﾀﾛｳ")
    assert "同じ人・同じ保険者・同じ手続の照会が、すでに進んでいます" in page.text
    assert len(page.links("INQ-2026-000001")) == 1


def test_a_closed_desk_is_said_before_sending(client_as, world):
    clerk = client_as("clerk")
    assert "業務時間外" not in checked(clerk).text
    world.clock.forward(hours=9)
    page = checked(client_as("clerk"))
    assert "今は、保険者の業務時間外です" in page.text
    assert "令和8年11月26日（木） 17:15" in page.text


def test_a_draft_is_kept_for_its_writer_alone_and_can_be_thrown_away(client_as):
    clerk, other = client_as("clerk"), client_as("other_clerk")
    page = filled(clerk)
    answer = clerk.client.post(f"{page.path}/draft", data=dict(page.form(page.path).form_values()))
    assert answer.get_json() == {"saved_at": "10:00"}
    assert clerk.open(page.path).form(page.path).fields["written"] == "髙橋　太郎"
    assert other.open(page.path).form(page.path).fields["written"] == ""
    desk = clerk.open("/desk")
    assert "みほん健康保険組合" in desk.text
    assert "髙橋" not in desk.text
    desk = clerk.send(desk, page.path + "/delete")
    assert "下書きを削除しました。" in desk.text
    assert "みほん" not in desk.text


def test_a_draft_is_thrown_away_after_a_fortnight(client_as, world):
    filled(client_as("clerk"))
    world.clock.forward(days=15)
    assert "下書き" not in client_as("clerk").open("/desk").text


def test_a_draft_of_somebody_elses_cannot_be_overwritten(client_as):
    page = filled(client_as("clerk"))
    other = client_as("other_clerk")
    blank = other.open(page.path)
    other.post(page.path, blank.form(page.path).form_values(), status=404)


def test_an_officer_takes_in_what_came_by_telephone_for_their_own_insurer(client_as):
    officer = client_as("officer")
    page = taken_in(officer)
    assert "東京都千代田区" in page.text
    page = officer.send(page)
    assert "照会を受け付けました" in page.text
    assert "続けて、照会者の確認（③）を行ってください。" in page.text


def test_the_number_heard_is_laid_beside_the_main_line_and_is_never_a_link(client_as):
    page = taken_in(client_as("officer"))
    assert "名簿の代表電話と１桁だけ違います" in page.text
    assert page.tree.xpath("//mark/text()") == ["7", "1"]
    assert page.tree.xpath("//a[starts-with(@href, 'tel:')]") == []


def test_a_municipality_is_found_by_name_kana_and_code_and_shown_with_its_prefecture(client_as):
    officer = client_as("officer")
    for typed in ("千代田", "ちよだ", "131016", "東京都千代田区"):
        found = suggested(officer, "/filing/municipalities", typed)
        assert [entry["label"] for entry in found] == ["東京都千代田区"], typed


@pytest.mark.parametrize("entrance", ["filing", "intake"])
def test_an_address_that_imitates_a_true_domain_is_laid_beside_it_and_shown_as_heard(client_as, world, entrance):
    typed = {"heard_mail": "kenko@examp1e.lg.jp"}
    page = checked(client_as("clerk"), **typed) if entrance == "filing" else taken_in(client_as("officer"), **typed)
    assert "東京都 千代田区のメールドメインに似ています" in page.text
    assert "6文字目は名簿が「l」、入力は「1」" in page.text


def test_the_address_that_came_with_an_inquiry_is_shown_to_the_insurer_as_nowhere_to_send_to(client_as, world):
    with world.house.work(world.clerk) as work:
        asks = replace(world.filing().inquirer, mail_address="kenko@example.lg.jp")
        inquiry_id = filing.file(work, world.filing(inquirer=asks)).id
    page = client_as("officer").open(f"/inquiries/{inquiry_id}")
    assert "kenko@example.lg.jp照会書に書かれたアドレス・送信しない" in page.text
    assert "mailto:" not in page.response.get_data(as_text=True)


def test_a_name_that_looks_like_an_insurers_is_shown_letter_by_letter_and_noted_for_pmo_staff(client_as):
    clerk = client_as("clerk")
    start = clerk.open("/filing")
    page = clerk.send(start, start.path, button="next=find", insurer="みほん健康保検組合")
    assert "みほん健康保険組合の名称に似ています" in page.text
    assert "7文字目は名簿が「険」、入力は「検」" in page.text
    assert "送信すると、ＰＭＯにも知らせます。" in page.text
    (offer,) = page.form(page.path).xpath(".//input[@type='radio' and @name='insurer_pick']/@value")
    page = clerk.send(page, page.path, button="next=find", insurer_pick=offer)
    assert page.form(page.path).fields["insurer"] == "みほん健康保険組合"
    page = clerk.send(page, page.path, button="next=items", **{**FORM, "insurer": "みほん健康保険組合"})
    page.form(page.path).inputs["items"].value = set(ITEMS)
    page = clerk.send(page, page.path, button="next=check")
    assert "みほん健康保険組合の名称に似ています" in page.text
    clerk.send(page, page.path)
    notes = client_as("pmo").open("/suspicions")
    assert "みほん健康保検組合" in notes.text
    assert "7文字目は名簿が「険」、入力は「検」" in notes.text


def test_a_name_that_is_typed_right_at_last_is_no_sign(client_as):
    clerk = client_as("clerk")
    start = clerk.open("/filing")
    page = clerk.send(start, start.path, button="next=find", insurer="みほん健康保検組合")
    page = clerk.send(page, page.path, button="next=find", insurer="みほん健康保険組合")
    assert "に似ています" not in page.text


def test_a_municipality_named_nearly_right_is_offered_beside_what_was_typed(client_as):
    officer = client_as("officer")
    start = officer.open("/intake")
    page = officer.send(start, start.path, button="next=find", municipality="東京都千代由区")
    assert "東京都千代田区の名称に似ています" in page.text
    assert page.form(page.path).xpath(".//input[@name='municipality_pick' and @type='radio']/@value") == ["131016"]


def test_suggestions_offer_who_is_named_nearly_so(client_as):
    clerk = client_as("clerk")
    page = clerk.open("/filing")
    answer = clerk.client.post(
        "/filing/insurers", data={"q": "みほん健康保検組合", "csrf_token": page.form(page.path).fields["csrf_token"]}
    )
    assert [each["label"] for each in answer.json] == ["みほん健康保険組合"]
