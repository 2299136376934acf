"""The menu of each role (メニュー)."""

from typing import Any, Final

from flask import current_app, url_for

from inquiry.domain.parties import Actor, Role

MENU: Final[dict[Role, tuple[tuple[str, str], ...]]] = {
    Role.CLERK: (
        ("照会の一覧", "desk.mine"),
        ("新しい照会", "filing.start"),
        ("一括照会", "batches.listing"),
        ("代表電話の登録", "own_entries.main_line"),
    ),
    Role.OFFICER: (
        ("照会の受付一覧", "queue.waiting"),
        ("一括判定", "matching_list.listing"),
        ("電話・文書の受付", "filing.take_in"),
        ("副本の登録・更新", "following_up.waiting"),
        ("加入者名簿", "rosters.listing"),
        ("突合の規則", "matching_rules.show"),
        ("回答の前の確認", "four_eyes.show"),
        ("パスワード付きファイル", "file_settings.show"),
        ("電子シール", "certificates.show"),
        ("貴団体の窓口", "own_entries.desk"),
        ("受付時間・休業日", "timetables.listing"),
        ("リストと実績", "difficulty.own"),
    ),
    Role.PMO_STAFF: (
        ("照会窓口一覧", "contacts.listing"),
        ("情報連携困難保険者リスト", "difficult_insurers.listing"),
        ("市町村等名簿", "municipalities.listing"),
        ("名簿の仕事", "amendments.waiting"),
        ("照会の件数", "overview.counts"),
        ("受付時間・休業日", "timetables.listing"),
        ("情報連携の障害", "outages.show"),
        ("不審な照会", "suspicions.listing"),
        ("組織と利用者", "accounts.organisations"),
    ),
    Role.AUDITOR: (("監査台帳", "ledger.listing"),),
    Role.OPERATOR: (),
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
    hrefs = [str(item["href"]) for item in items if path.startswith(str(item["href"]))]
    nearest = max(hrefs, key=len, default="")
    return [{**item, "is_current": item["href"] == nearest} for item in items]
