"""memo 3(2) ※: what a proposed desk looks like to each of the people it concerns."""

import io

import pytest

from inquiry.directory.contacts import ALL_COLUMNS
from inquiry.security.table_file import open_table
from tests.web.additions import GROUND, agree, propose_desk
from tests.web.test_contacts import UNION, upload
from tests.world import SOCIETY

FURTHER = {
    "insurer_number": SOCIETY, "desk_name": "任意継続窓口", "name": "みほん健康保険組合", "prefecture": "東京都",
    "section": "任意継続係", "telephone": "03-0000-7676", "channels": ["電話"],
}  # fmt: skip


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


@pytest.fixture
def other_pmo(client_as):
    return client_as("other_pmo")


def test_what_is_proposed_is_found_on_the_list_and_said_to_be_no_desk_yet(pmo, client_as):
    path = propose_desk(pmo, **UNION)
    page = pmo.open("/contacts/?text=みほん広域")
    assert "0件" in page.text
    assert "追加を提案中の窓口（まだ照会できません）" in page.text
    assert page.links("みほん広域連合") == [path]
    clerk = client_as("clerk")
    form = clerk.open("/filing")
    assert "みほん広域連合" not in clerk.send(form, form.path, button="next=find", insurer="39131008").text


def test_the_proposer_sees_what_it_waits_for_and_withdraws_it(pmo):
    path = propose_desk(pmo, **UNION)
    assert "別の担当者が確かめるまで、一覧には載りません" in pmo.open(path).text
    page = pmo.send(pmo.open(path), path + "/stop", reason="告示の前だった")
    assert "提案者による取下げ" in page.text
    (again,) = page.links("この内容を直して提案し直す")
    form = pmo.open(again).form("/contacts/new")
    assert {name: form.fields[name] for name in ("insurer_number", "name", "telephone")} == {
        "insurer_number": "39131008",
        "name": "みほん広域連合",
        "telephone": "03-0000-1111",
    }


def test_the_call_goes_to_the_main_desk_and_to_nobody_else(pmo, other_pmo):
    path = propose_desk(pmo, **FURTHER)
    page = agree(other_pmo, path)
    assert "主たる窓口への電話待ち" in page.text
    assert page.tree.xpath("//a[starts-with(@href, 'tel:')]/@href") == ["tel:0300001234"]
    choices = page.form(path + "/call").xpath(".//input[@name='outcome']/@value")
    assert choices == ["confirmed", "denied"]
    assert "主たる窓口への電話待ち" in pmo.open("/amendments").text
    page = other_pmo.send(other_pmo.open(path), path + "/call", outcome="confirmed", note="適用課の課長")
    assert "主たる窓口へ電話：窓口を加えると聞いた" in page.text
    assert "適用課の課長" in page.text


def test_an_officer_sees_a_desk_that_somebody_proposed_and_stops_it(pmo, other_pmo, client_as):
    path = propose_desk(pmo, **FURTHER)
    agree(other_pmo, path)
    officer = client_as("officer")
    page = officer.open("/own-entry/desk")
    assert "窓口の追加：任意継続窓口、電話 03-0000-7676" in page.text
    officer.send(page, "/own-entry/changes/", reason="当組合の窓口ではない")
    assert "本人の組織から異議" in pmo.open(path).text
    assert "名簿の変更に心当たりがない" in pmo.open("/suspicions").text


def test_an_officer_is_told_what_is_wrong_with_a_desk_and_keeps_what_was_typed(client_as):
    officer = client_as("officer")
    page = officer.open("/own-entry/new-desk")
    assert page.form("/own-entry/new-desk").fields["name"] == "みほん健康保険組合"
    typed = {"desk_name": "", "section": "任意継続係", "telephone": "03-0000-7676", "channels": ["電話"], **GROUND}
    page = officer.send(page, status=422, **typed)
    assert "窓口名は、主たる窓口では空欄" in page.errors[0]
    assert page.form("/own-entry/new-desk").fields["section"] == "任意継続係"
    page = officer.send(page, **{**typed, "desk_name": "任意継続窓口"})
    assert "手続中の変更があります" in page.text


def test_all_desks_of_a_file_are_handed_out_to_be_checked(pmo):
    added = "39131008,広域連合,東京都,みほん広域連合,,資格課,03-0000-1111,,,,,文書,,"
    other = "06140123,健保組合,神奈川県,かもめ港運健康保険組合,,適用課,044-000-5511,,,,,電話,,"
    header = ",".join(ALL_COLUMNS[:14])
    page = upload(pmo, f"{header}\r\n{added}\r\n{other}".encode())
    refused = pmo.send(page, page.path + "/import", status=422, evidence="告示", checked_on="2026-12-01")
    assert "先の日付" in refused.errors[0]
    page = pmo.send(page, page.path + "/import", evidence="告示", checked_on="2026-11-20")
    assert "追加2件は、もう一人の確認を待っています" in page.text
    (path,) = page.links("ほか1件")
    content = pmo.client.get(f"{path}/desks.xlsx").data
    names = [cells["保険者名称"] for _line, cells in open_table(io.BytesIO(content), ALL_COLUMNS).rows]
    assert names == ["みほん広域連合", "かもめ港運健康保険組合"]


#  a desk that imitates                                   what the page says of it
IMITATING = [
    (FURTHER | {"telephone": "03-0000-1243"}, "主たる窓口の番号に似ています"),
    (FURTHER | {"telephone": "03-4253-1111"}, "厚生労働省保険局高齢者医療課の番号に似ています"),
    (FURTHER | {"desk_name": "千代田区"}, "千代田区と同じ名称です"),
    (UNION | {"name": "みほん健康保健組合"}, "7文字目は名簿が「険」、提案は「健」"),
]


@pytest.mark.parametrize(("typed", "said"), IMITATING)
def test_whose_number_or_name_a_proposed_desk_imitates_is_said_on_its_page(pmo, typed, said):
    page = pmo.open(propose_desk(pmo, **typed))
    assert said in page.text
    assert "同じ名称です。" not in page.text


def imitators(pmo):
    """Propose four insurers in a file, all with numbers near one in force, and one of them with a name near it too."""
    lines = [
        f"{number},健保組合,東京都,{name},,適用課,{telephone},,,,,電話,,"
        for number, name, telephone in [
            ("06140123", "みほん健康保健組合", "03-0000-1235"),
            ("06140131", "あ川健康保険組合", "03-0000-1236"),
            ("06140149", "い山健康保険組合", "03-0000-1237"),
            ("06140016", "う谷健康保険組合", "03-0000-1238"),
        ]
    ]
    page = upload(pmo, "\r\n".join([",".join(ALL_COLUMNS[:14]), *lines]).encode())
    page = pmo.send(page, page.path + "/import", evidence="告示", checked_on="2026-11-20")
    (path,) = page.links("ほか3件")
    return pmo.open(path)


def test_the_surest_signs_of_a_desk_stand_open_and_the_others_are_unfolded(pmo):
    page = imitators(pmo)
    (row,) = page.tree.xpath("//table[@id='doubtful']//tr[th[contains(., 'みほん健康保健組合')]]")
    (rest,) = row.xpath(".//details")
    shown = [" ".join(mark.text_content().split()) for mark in row.xpath("./td[2]/p")]
    assert len(shown) == 3
    for said, what, whose in zip(shown, ("名称", "番号", "番号"), ("みほん", "みほん", "全国"), strict=True):
        assert f"似た{what}" in said
        assert f"{whose}健康保険" in said
    assert ["同じ提案の" in other.text_content() for other in rest.xpath(".//li")] == [True, True, True]


def test_desks_of_one_proposal_are_told_apart_from_the_list(pmo):
    page = imitators(pmo)
    assert "10桁目は同じ提案の窓口が「5」、提案は「6」" in page.text
    assert "入力は" not in page.text


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor"])
def test_only_pmo_staff_see_what_others_proposed(pmo, client_as, name):
    path = propose_desk(pmo, **UNION)
    client_as(name).open(path, status=403)
    client_as(name).open(f"{path}/desks.xlsx", status=403)
