"""The menu of each role (メニュー)."""

from typing import Any, Final

from flask import current_app, url_for

from inquiry.domain.parties import Actor, Role

MENU: Final[dict[Role, tuple[tuple[str, str], ...]]] = {
    Role.CLERK: (
        ("照会の一覧", "desk.mine"),
        ("新しい照会", "filing.start"),
        ("一括照会", "batches.listing"),
        ("督促", "reminding.listing"),
        ("設定", "settings.index"),
    ),
    Role.OFFICER: (
        ("照会の受付一覧", "queue.waiting"),
        ("一括処理", "bulk.index"),
        ("一括判定", "matching_list.listing"),
        ("電話・文書の受付", "filing.take_in"),
        ("文書の一括作成・発送", "letter_runs.listing"),
        ("送信メール", "mails.listing"),
        ("督促", "reminding.listing"),
        ("副本の登録・更新", "following_up.waiting"),
        ("加入者名簿", "rosters.listing"),
        ("リストと実績", "difficulty.own"),
        ("設定", "settings.index"),
    ),
    Role.PMO_STAFF: (
        ("照会窓口一覧", "contacts.listing"),
        ("情報連携困難保険者リスト", "difficult_insurers.listing"),
        ("市町村等名簿", "municipalities.listing"),
        ("名簿の変更", "amendments.waiting"),
        ("名簿の確認", "number_reports.chores"),
        ("照会の件数", "overview.counts"),
        ("督促", "reminding.listing"),
        ("情報連携の障害", "outages.show"),
        ("不審な照会", "suspicions.listing"),
        ("送信メール", "mails.listing"),
        ("設定", "settings.index"),
    ),
    Role.AUDITOR: (("監査台帳", "ledger.listing"),),
    Role.OPERATOR: (),
}
# What an office sets once and rarely changes: its place, its name, and what it decides.
SETTINGS: Final[dict[Role, tuple[tuple[str, str, str], ...]]] = {
    Role.CLERK: (
        ("文書の設定", "letterheads.show", "照会書・督促の文面、文書記号、公印、窓付き封筒"),
        ("代表電話の登録", "own_entries.main_line", "保険者が折り返す代表電話と、回答を受け取るメールのドメイン"),
    ),
    Role.OFFICER: (
        ("突合の規則", "matching_rules.show", "フリガナの表記の違い、異体字の登録、同姓同名の人数"),
        ("回答の前の確認", "four_eyes.show", "回答を出す前に、もう一人が確かめる範囲"),
        ("文書の設定", "letterheads.show", "回答書などの文面、文書記号、公印、窓付き封筒"),
        ("パスワード付きファイル", "file_settings.show", "ファイルの種類、パスワードの形、Wordの様式"),
        ("電子シール", "certificates.show", "文書が本物であることを示す電子証明書"),
        ("貴団体の窓口", "own_entries.desk", "照会窓口一覧に載る電話番号・宛先の変更の申出"),
        ("受付時間・休業日", "timetables.listing", "回答の期限を数える受付時間、締切の時刻、休業日"),
    ),
    Role.PMO_STAFF: (
        ("組織と利用者", "accounts.organisations", "市町村等・保険者・ＰＭＯの組織と、その利用者"),
        ("受付時間・休業日", "timetables.listing", "すべての組織に共通の受付時間、休業日"),
        ("リストの基準", "difficulty_rules.show", "情報連携困難保険者リストに載せる・外す基準"),
        ("所管課・待ち時間", "escalation_rules.show", "督促の各段階までの待ち時間、保険者の種別ごとの所管課"),
    ),
}
START: Final = {role: items[0][1] for role, items in MENU.items() if items}


def navigation(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Return the menu of a role, the current place marked."""
    known = current_app.view_functions
    items = [
        {"label": text, "href": url_for(endpoint), "count": None}
        for text, endpoint in MENU[actor.role]
        if endpoint in known
    ]
    nearest = _nearest(path, [str(item["href"]) for item in items], settings(actor))
    return [{**item, "is_current": item["href"] == nearest} for item in items]


def settings(actor: Actor) -> list[dict[str, str]]:
    """Return what an actor's office sets, each with its place and what it decides."""
    return [
        {"label": text, "href": url_for(endpoint), "decides": decides}
        for text, endpoint, decides in SETTINGS.get(actor.role, ())
    ]


def _nearest(path: str, hrefs: list[str], settings_of_office: list[dict[str, str]]) -> str:
    """Return the entry under which a page lies; pages of the settings lie under the one entry for all of them."""
    gathered = {each["href"]: url_for("settings.index") for each in settings_of_office}
    places = {href: href for href in hrefs} | gathered
    under = [href for href in places if path.startswith(href)]
    return places[max(under, key=len)] if under else ""
