"""STEP1 ①②: filing an inquiry on the screen, and taking in one that came by telephone or paper."""

import re

import pytest

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
ITEMS = ["SHIKAKU-06", "SHIKAKU-07"]


def filled(visitor, start="/filing", **changes):
    """Fill the form up to the button: whom, for what, and then the items the procedure allows."""
    page = visitor.open(start)
    fields = {**FORM, **changes}
    items = fields.pop("items", ITEMS)
    page = visitor.send(page, button="next=items", **{name: value for name, value in fields.items() if value is not None})
    if "insurer_pick" in page.form(page.path).fields:
        first = page.form(page.path).xpath(".//input[@name='insurer_pick']/@value")[0]
        page = visitor.send(page, button="next=find", insurer_pick=first)
    form = page.form(page.path)
    if "items" in form.fields and items:
        form.inputs["items"].value = items
    return page


def checked(visitor, status=200, **changes):
    return visitor.send(filled(visitor, **changes), button="next=check", status=status)


def sent(visitor, **changes):
    return visitor.send(checked(visitor, **changes))


def test_an_inquiry_is_filed_over_a_check_page_and_gets_its_receipt_number(client_as):
    clerk = client_as("clerk")
    page = checked(clerk)
    assert page.path.endswith("/check")
    assert "まだ送信されていません" in page.text
    assert "昭和33年4月1日" in page.text
    page = clerk.send(page)
    assert "INQ-2026-000001" in page.text
    assert "令和8年11月25日（水） 17:15" in page.text
    page = clerk.open(page.links("照会の画面")[0])
    assert "髙橋　太郎" in page.text
