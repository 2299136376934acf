"""The Japanese words for what the domain names in English (画面の用語)."""

from inquiry.domain.inquiry import Event, State
from inquiry.domain.parties import Entrance, OrganisationKind, Role
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.domain.subject import Sex

STATES = {
    State.FILED: "照会者の確認待ち",
    State.CONFIRMED: "加入者の確認待ち",
    State.SEVERAL: "複数該当",
    State.CLARIFYING: "追加情報の回答待ち",
    State.IDENTIFIED: "回答待ち",
    State.NOT_FOUND: "回答待ち（該当者なし）",
    State.ANSWERED: "回答済",
    State.SETTLED: "対応終了",
    State.WITHDRAWN: "取下げ",
    State.REFUSED: "回答不能",
}
CHIPS = {
    State.FILED: "info",
    State.CONFIRMED: "info",
    State.SEVERAL: "warning",
    State.CLARIFYING: "warning",
    State.IDENTIFIED: "info",
    State.NOT_FOUND: "info",
    State.ANSWERED: "success",
    State.SETTLED: "neutral",
    State.WITHDRAWN: "neutral",
    State.REFUSED: "error",
}
ROLES = {
    Role.CLERK: "照会担当",
    Role.OFFICER: "保険者担当",
    Role.PMO_STAFF: "ＰＭＯ担当",
    Role.AUDITOR: "監査担当",
    Role.OPERATOR: "運用者",
}
ORGANISATION_KINDS = {
    OrganisationKind.MUNICIPALITY: "市町村等",
    OrganisationKind.INSURER: "医療保険者",
    OrganisationKind.PMO: "ＰＭＯ",
    OrganisationKind.OPERATOR: "運用者",
}
CHANNELS = {
    Channel.CALL_BACK: "電話（代表電話への折り返し）",
    Channel.FILE: "パスワード付きファイル",
    Channel.LETTER: "文書",
    Channel.PAGE: "本システムの画面",
}
ENTRANCES = {
    Entrance.SYSTEM: "本システム",
    Entrance.TELEPHONE: "電話",
    Entrance.DOCUMENT: "文書",
}
REPLY_KINDS = {
    ReplyKind.ANSWER: "回答",
    ReplyKind.NOT_FOUND: "該当者なし",
    ReplyKind.DATES_REQUEST: "追加情報の依頼",
}
SEXES = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNKNOWN: "不明", Sex.NOT_APPLICABLE: "適用不能"}
STEPS = {
    "filed": "照会",
    Event.CONFIRM_INQUIRER: "照会者を確認（③）",
    Event.ANNOUNCE_DELAY: "回答に時間を要する旨を連絡",
    Event.FIND_NONE: "加入者を確認：該当者なし（④）",
    Event.FIND_ONE: "加入者を確認：該当者を特定（④）",
    Event.FIND_SEVERAL: "加入者を確認：複数該当（④）",
    Event.IDENTIFY_AGAIN: "加入者の確認をやり直し",
    Event.ASK_DATES: "追加情報を依頼",
    Event.SUPPLY_DATES: "追加情報を回答",
    Event.ANSWER: "回答（⑤）",
    Event.RECEIVE: "回答を受領",
    Event.SETTLE: "対応終了（⑥）",
    Event.WITHDRAW: "取下げ",
    Event.REFUSE: "回答不能を連絡",
    Event.ESCALATE: "所管課へ連絡",
    "answer_prepared": "回答内容を作成",
    "file_made": "パスワード付きファイルを作成",
    "letter_released": "文書を作成",
    "question_printed": "追加情報の依頼文書を作成",
    "address_heard": "メールアドレスを聞き取り",
    "password_told": "パスワードを電話で伝達",
    "call_started": "代表電話へ折り返し",
    "call_confirmed": "合言葉を確認",
    "call_wrong_word": "合言葉が不一致",
    "call_ended": "通話を終了",
    "copy_refreshed": "副本を登録・更新（※5）",
}
