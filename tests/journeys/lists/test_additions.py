"""memo 3(2) ※ over HTTP: nobody is asked at a desk, or under a number, that one person alone put on the list."""

import io
import re
import urllib.parse
import urllib.request
from dataclasses import replace

import pytest

from inquiry.cli.walkthrough.person import Form, StepFailed
from inquiry.directory.contacts import ALL_COLUMNS
from inquiry.documents.table_workbook import write_table_workbook
from inquiry.security.table_file import open_table
from inquiry.workflow import contact_files, demonstration
from tests.journeys.forms import items_of
from tests.journeys.lists.test_contact_list import insurer_of, links_in, offered

GROUND = {"evidence": "令和8年11月の告示", "checked_on": "令和8年11月1日"}
NEWCOMER = {
    "insurer_number": "06130884", "name": "ひなげし運輸健康保険組合", "kana": "ヒナゲシウンユ", "prefecture": "東京都",
    "section": "適用課", "telephone": "03-0000-0117", "channels": ["電話", "文書"],
}  # fmt: skip
NOTE = "適用課の課長に確かめた"


def steps_of(person, words):
    """Return the address of the addition whose link holds these words."""
    page = person.goes_to("/amendments").content.decode()
    parts = [part for part in page.split('<a href="')[1:] if words in part.split("</a>")[0]]
    (address,) = {part.split('"')[0] for part in parts}
    return address


def test_an_insurer_is_offered_to_clerks_when_a_second_person_has_looked_at_it(pmo, second, people):
    pmo.goes_to("/contacts/new")
    page = pmo.sends("/contacts/new", **NEWCOMER)
    assert "根拠とした文書か" in page.text
    page = pmo.sends("/contacts/new", **NEWCOMER, **GROUND)
    assert "もう一人の確認待ち" in page.text
    assert "みほん電機健康保険組合の番号に似ています" in page.text
    assert "7桁目は名簿が「1」、提案は「0」" in page.text
    with pytest.raises(StepFailed):
        page.form("/approve")
    (offer,) = offered(people.clerk, "06130884")
    assert (offer["label"], offer["value"]) == ("該当なし", "")
    assert "追加を提案中の窓口が1件" in pmo.goes_to("/contacts/").text
    assert "ひなげし運輸" not in pmo.goes_to("/contacts/files/contacts.csv").content.decode("utf-8-sig")
    assert "入力されたもの：0300000117" in pmo.goes_to("/suspicions").text

    steps = steps_of(second, "ひなげし運輸")
    second.goes_to(steps)
    page = second.sends("/stop", reason="告示の番号は 03-0000-1072")
    assert "差戻し" in page.text
    (again,) = {link for link in links_in(page) if link.startswith("/contacts/new?again=")}
    assert "告示の番号は 03-0000-1072" in pmo.goes_to(steps).text
    pmo.goes_to(again.replace("&amp;", "&"))
    page = pmo.sends("/contacts/new", telephone="03-0000-1072", **GROUND)
    assert "適用課" in page.text

    second.goes_to(steps_of(second, "ひなげし運輸"))
    page = second.sends("/approve")
    assert "一覧に加えました" in page.text
    (offer,) = offered(people.clerk, "06130884")
    assert offer["label"] == "ひなげし運輸健康保険組合"


def uploaded(person, name, content):
    """Send a file through the page's own form, as a browser does."""
    form = person.page.form("/contacts/files/upload")
    border = "----border"
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in form.fields
    ]
    head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{border}--\r\n".encode()
    request = urllib.request.Request(urllib.parse.urljoin(person.base, "/contacts/files/upload"), data=body)
    request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
    try:
        location = person._opener.open(request, timeout=60).headers["Location"]
    except urllib.error.HTTPError as answer:
        location = answer.headers["Location"]
    return person.goes_to(location)


def row(number, name, telephone):
    cells = dict.fromkeys(ALL_COLUMNS, "")
    kind = {"保険者番号": number, "保険者種別": "健保組合", "都道府県": "東京都", "回答方法": "電話"}
    return [*(cells | kind | {"保険者名称": name, "担当部署": "適用課", "電話番号": telephone}).values()]


def test_what_a_file_adds_is_looked_at_on_one_page_and_agreed_to_without_what_was_sent_back(stage, pmo, second):
    rows = [
        row("06140123", "かもめ港運健康保険組合", "044-000-5511"),
        row("06140131", "すずらん薬品健康保険組合", "03-0000-1018"),
        row("06140149", "やまびこ木材健康保険組合", "044-000-7733"),
    ]
    pmo.goes_to("/contacts/files/upload")
    page = uploaded(pmo, "new.xlsx", write_table_workbook("一覧", ALL_COLUMNS, rows))
    assert "追加する窓口が3件あります" in page.text
    page = pmo.sends("/import", evidence="令和8年11月の告示")
    assert "追加3件" in page.text

    steps = steps_of(second, "ほか2件")
    page = second.goes_to(steps)
    assert page.text.index("すずらん薬品") < page.text.index("やまびこ木材")
    assert "名簿の「みほん電機健康保険組合」と同じ番号です" in page.text
    (reject,) = [form for form in page.forms if form.action.endswith("/reject")]
    assert "差し戻す窓口を選んでください" in second.sends("/reject", reason="番号が違う").text
    picked = picked_of(page, "すずらん薬品健康保険組合")
    assert "差し戻す理由を入力してください" in second.sends("/reject", picked=picked, reason="").text
    page = second.sends("/reject", picked=picked, reason="みほん電機の番号が書かれている")
    assert "みほん電機の番号が書かれている" in page.text
    (sent_back,) = items_of(page, "//table[@id='rejected']/tbody/tr")
    assert re.search(r"みほん電機の番号が書かれている\s*小林 誠 \d+/\d+", sent_back), sent_back
    assert "ほか1件の追加" in items_of(page, "//h1")[0]
    assert reject.action.startswith(steps)
    assert "一覧に加えました" in second.sends("/approve").text

    listed = pmo.goes_to("/contacts/files/contacts.csv").content
    text = listed.decode("utf-8-sig")
    assert "かもめ港運" in text
    assert "すずらん薬品" not in text
    rejected = open_table(io.BytesIO(pmo.goes_to(f"{steps}/desks.xlsx?rejected=1").content), ALL_COLUMNS)
    assert [cells["保険者名称"] for _line, cells in rejected.rows] == ["すずらん薬品健康保険組合"]
    with stage.house.reading() as work:
        assert contact_files.export(work, "utf-8-sig") == listed
        shown = contact_files.preview(work, listed)
    assert (shown.difference.added, shown.difference.changed, shown.sheet.problems) == ((), (), ())


def picked_of(page, name):
    before = page.content.decode().split(f"{name}を差し戻す")[0]
    return before.rsplit('value="', 1)[1].split('"')[0]


def test_an_insurer_proposes_a_desk_of_its_own_which_its_main_desk_confirms(stage, people, pmo, second):
    officer = people.officer
    officer.goes_to("/own-entry/new-desk")
    typed = {"desk_name": "任意継続窓口", "section": "任意継続係", "telephone": "03-0000-4321", "channels": ["電話"]}
    page = officer.sends("/own-entry/new-desk", **typed, **GROUND)
    assert "もう一人の確認待ち" in page.text
    steps = steps_of(second, "任意継続窓口")
    second.goes_to(steps)
    page = second.sends("/approve")
    assert "主たる窓口への電話" in page.text
    assert "03-0000-1017" in page.text
    page = second.sends("/call", outcome="confirmed", note=NOTE)
    assert "待ち期間中" in page.text
    assert "任意継続窓口" not in pmo.goes_to(f"/contacts/?text={demonstration.SOCIETY}").text.split("追加を提案中")[0]

    page = officer.goes_to("/own-entry/desk")
    assert "手続中の変更があります" in page.text
    page = officer.sends("/stop", reason="窓口を設けないことにした")
    assert "取りやめ" in page.text
    assert "提案者による取下げ" in pmo.goes_to(steps).text


def test_another_name_waits_for_a_second_person_and_says_whose_it_resembles(stage, people, pmo, second):
    entry = f"/contacts/{insurer_of(stage, '06130033')}"
    pmo.goes_to(f"{entry}/change")
    page = pmo.sends("/change", name="みほん電気健康保険組合", **GROUND)
    assert "みほん電機健康保険組合のものに似ています" in page.text
    (offer,) = offered(people.clerk, "06130033")
    assert offer["label"] == "ひなた食品健康保険組合"
    (steps,) = {link for link in links_in(pmo.goes_to(entry)) if link.startswith("/amendments/")}
    second.goes_to(steps)
    assert "反映済み" in second.sends("/approve").text
    page = pmo.goes_to(entry)
    assert "ひなた食品健康保険組合 → みほん電気健康保険組合" in page.text
    assert "根拠と手続を見る" in page.text


def test_a_second_person_is_not_whoever_proposed(pmo):
    pmo.goes_to("/contacts/new")
    page = pmo.sends(
        "/contacts/new", **NEWCOMER | {"insurer_number": "39131081", "name": "みほん北部広域連合"}, **GROUND
    )
    stop = page.form("/stop")
    address = stop.action.replace("/stop", "/approve")
    pmo.page = replace(page, forms=(Form(address, "post", stop.fields, stop.names),))
    assert "提案した本人は確認できません" in pmo.sends("/approve").text
