"""What the events and references of the ledger are called (監査台帳の用語)."""

from typing import Final

from inquiry.audit.verify import Harm
from inquiry.web import labels

_OTHERS: Final = {
    "inquiry:read": "照会を閲覧",
    "inquiry:letter_previewed": "回答の文書の下書きを表示",
    "inquiry:copy_refresh_opened": "副本の登録・更新の予定を作成（※5）",
    "answer:read": "回答を閲覧",
    "answer:fetched": "回答のファイル・文書を取得",
    "roster:imported": "加入者名簿を取込",
    "roster:searched": "加入者名簿を検索",
    "roster:near_misses_shown": "加入者名簿の近い候補を閲覧",
    "roster:compared": "加入者名簿の新旧を比較",
    "roster:list_judged": "照会の一覧を一括照合",
    "guard:caution": "個人番号に似た数字を個人番号ではないと確認",
    "guard:blocked": "個人番号の混入を拒否",
    "contact:saved": "照会窓口を登録・変更",
    "contact:ended": "照会窓口を終了",
    "contacts:imported": "照会窓口一覧を取込",
    "difficult_insurer:listed": "情報連携困難保険者リストに追加",
    "difficult_insurer:changed": "情報連携困難保険者リストを変更",
    "municipality:directory_founded": "市町村等名簿を作成",
    "municipality:main_line_entered": "代表電話を登録",
    "organisation:opened": "組織を登録",
    "account:opened": "利用者を追加",
    "account:disabled": "利用者を停止",
    "account:enabled": "利用者を再開",
    "account:logged_in": "ログイン",
    "account:logged_out": "ログアウト",
    "account:login_refused": "ログインを拒否",
    "account:password_changed": "パスワードを変更",
    "account:password_reset": "パスワードを再設定",
    "account:settings_changed": "利用者の設定を変更",
    "ledger:verified": "台帳を検証",
    "ledger:exported": "台帳を書き出し",
    "ledger:unreadable": "読み取れない記録（検証してください）",
}
EVENTS: Final = {**{f"inquiry:{step}": text for step, text in labels.STEPS.items()}, **_OTHERS}
REFS: Final = {
    "account": "利用者",
    "organisation": "組織",
    "insurer": "保険者",
    "municipality": "団体コード",
    "entry": "記載",
    "version": "版",
    "role": "役割",
    "field": "欄",
    "rule": "判定の規則",
    "channel": "方法",
    "answer": "回答",
    "call": "通話",
    "generation": "名簿",
    "persons": "人数",
    "rows": "行数",
    "lines": "行数",
    "entries": "件数",
    "faults": "異常",
    "added": "追加",
    "changed": "変更",
    "ended": "終了",
}
HARMS: Final = {
    Harm.ALTERED: "書き換えられています",
    Harm.REMOVED: "抜き取られています",
    Harm.INSERTED: "差し込まれています",
    Harm.REORDERED: "順序が入れ替わっています",
    Harm.CUT_OFF: "ここから後が切り取られています",
    Harm.UNREADABLE: "読み取れない行です",
}
