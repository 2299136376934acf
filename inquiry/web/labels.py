"""The Japanese words for what the domain names in English (画面の用語)."""

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.directory.insurers import InsurerKind
from inquiry.directory.look_alikes import Likeness
from inquiry.documents.letter import Envelope, LetterKind
from inquiry.domain.correction import Cause
from inquiry.domain.correspondence import Way, Word
from inquiry.domain.inquiry import Event, State
from inquiry.domain.locked_file import FileKind, PasswordStyle
from inquiry.domain.member import Relation
from inquiry.domain.network_error import Retry
from inquiry.domain.parties import Entrance, OrganisationKind, Role
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.domain.subject import Sex
from inquiry.mail.message import Kind
from inquiry.matching.kana import KanaClass
from inquiry.store.outbox import MailState
from inquiry.workflow.confirming import RefusalReason

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
LETTER_KINDS = {
    LetterKind.ANSWER: "回答書",
    LetterKind.NOT_FOUND: "回答書（該当者なし）",
    LetterKind.DATES_REQUEST: "追加情報の依頼",
    LetterKind.JOINT_ANSWER: "回答書（複数の照会）",
    LetterKind.DELAY: "回答遅延の連絡",
    LetterKind.APOLOGY: "回答の取消し（お詫び）",
    LetterKind.INQUIRY_SHEET: "照会書",
    LetterKind.REMINDER: "督促",
    LetterKind.REPORT: "協力の要請",
}
ENVELOPES = {
    Envelope.LONG_3: "長形３号（窓が左上）",
    Envelope.DL: "ＤＬ（窓が左下）",
}
REFUSALS = {
    RefusalReason.INQUIRER_NOT_CONFIRMED: "照会者を確認できない",
    RefusalReason.NOT_SINGLED_OUT: "該当者を一人に特定できない",
    RefusalReason.WITHHELD: "不開示とされている",
    RefusalReason.OUT_OF_SCOPE: "照会の対象とならない手続・項目である",
    RefusalReason.OTHER: "その他",
}
FILE_KINDS = {
    FileKind.WORD: "Word（.docx）",
    FileKind.PDF: "PDF（.pdf）",
    FileKind.WORKBOOK: "Excel（.xlsx）",
}
FILE_KIND_NOTES = {
    FileKind.WORD: "本システムの様式か、貴団体が登録した様式で作ります。",
    FileKind.PDF: "文書と同じ体裁です。受け取った人は書き換えられません。",
    FileKind.WORKBOOK: "給付などの明細を、日付と金額の入った表にします。",
}
PASSWORD_STYLES = {
    PasswordStyle.DIGITS: "16桁の数字（４桁ずつ）",
    PasswordStyle.WORDS: "かなの言葉３つと数字８桁",
}
WORDS = {
    Word.SENT: "照会書を送った",
    Word.NOT_REACHED: "電話がつながらなかった",
    Word.ACCEPTED: "電話で受け付けられた（折り返し・回答を待つ）",
    Word.ANSWER: "回答があった",
    Word.NOT_FOUND: "「該当者なし」と回答があった",
    Word.SEVERAL: "複数該当のため、追加情報を求められた",
    Word.DELAY: "時間がかかると連絡があった",
    Word.REFUSED: "回答できないと連絡があった",
}
WAYS = {
    Way.CALLED: "窓口一覧の番号に当方からかけた電話",
    Way.CALLED_BACK: "当方の代表電話への折り返しの電話",
    Way.LETTER: "文書（郵送）",
    Way.FAX: "ファクス",
    Way.FILE: "パスワード付きファイル",
}
CAUSES = {
    Cause.WRONG_PERSON: "別の方の情報を回答した",
    Cause.WRONG_FINDING: "該当者の有無に誤りがあった",
    Cause.WRONG_CONTENT: "回答した事項に誤りがあった",
    Cause.WRONG_DESTINATION: "送り先・方法に誤りがあった",
    Cause.RETURNED: "送った文書・メールが届かなかった（返戻・不達）",
    Cause.OTHER: "その他の誤り",
}
MAIL_STATES = {
    MailState.WAITING: "送信待ち",
    MailState.SENT: "送信済み",
    MailState.RECALLED: "取り戻し済み",
    MailState.STOPPED: "送信を中止",
    MailState.FAILED: "送信できず",
    MailState.BOUNCED: "届かず返送",
}
MAIL_KINDS = {
    Kind.LOCKED_FILE: "パスワード付きファイル",
    Kind.REMINDER: "督促の通知",
    Kind.DIRECTORY_CHANGE: "番号の変更の通知",
    Kind.DIRECTORY_ADDITION: "新しい窓口の通知",
}
MAIL_CHIPS = {
    MailState.WAITING: "info",
    MailState.SENT: "success",
    MailState.RECALLED: "neutral",
    MailState.STOPPED: "warning",
    MailState.FAILED: "error",
    MailState.BOUNCED: "error",
}
SEXES = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNKNOWN: "不明", Sex.NOT_APPLICABLE: "適用不能"}
STEPS = {
    "filed": "照会",
    "taken_up": "本システムで引き取り",
    "taken_over": "照会の担当を引き継ぎ",
    "offered_again": "回答をもう一度受け取れるように変更",
    "letter_handed_over": "文書（回答以外）を本システムで受渡し",
    "letter_received": "文書（回答以外）を受領",
    Event.CONFIRM_INQUIRER: "照会者を確認（③）",
    Event.ANNOUNCE_DELAY: "回答に時間を要する旨を連絡",
    Event.FIND_NONE: "加入者を確認：該当者なし（④）",
    Event.FIND_ONE: "加入者を確認：該当者を特定（④）",
    Event.FIND_SEVERAL: "加入者を確認：複数該当（④）",
    Event.IDENTIFY_AGAIN: "加入者の確認をやり直し",
    Event.SUCCEED: "保険者の合併により、承継した保険者へ引継ぎ",
    Event.ASK_DATES: "追加情報を依頼",
    Event.SUPPLY_DATES: "追加情報を回答",
    Event.ANSWER: "回答（⑤）",
    Event.RECEIVE: "回答を受領",
    Event.SETTLE: "対応終了（⑥）",
    Event.WITHDRAW: "取下げ",
    Event.REFUSE: "回答不能を連絡",
    Event.ESCALATE: "所管課へ連絡",
    Event.RETRACT_ANSWER: "回答を取消し",
    Event.RETRACT_FINDING: "回答を取消し（加入者の確認からやり直し）",
    Event.ACKNOWLEDGE: "回答の取消しを確認",
    Event.HEAR_ANSWER: "保険者の回答を記録（電話・文書）",
    Event.HEAR_QUESTION: "追加情報を求められたことを記録（電話・文書）",
    "insurer_contacted": "保険者に連絡（電話・文書）",
    "answer_prepared": "回答内容を作成",
    "answer_released": "もう一人が回答の内容を確認",
    "answer_sent_back": "回答の内容を差戻し",
    "file_made": "パスワード付きファイルを作成",
    "file_remade": "パスワード付きファイルを作り直し（前のファイルは使えません）",
    "letter_released": "文書を作成",
    "question_printed": "追加情報の依頼文書を作成",
    "address_heard": "メールアドレスを聞き取り",
    "address_dropped": "合言葉が一致しないため、聞き取ったメールアドレスを取消し",
    "mail_written": "メールを送信待ちに登録",
    "mail_recalled": "送信前のメールを取り戻し",
    "mail_sent": "メールを送信",
    "mail_stopped": "メールの送信を中止",
    "mail_failed": "メールを送信できず",
    "mail_bounced": "メールが届かず返送",
    "arrival_confirmed": "メールで送った回答が届いていることを確認",
    "password_told": "パスワードを電話で伝達",
    "caution_confirmed": "個人番号ではないことを確認",
    "call_started": "代表電話へ折り返し",
    "call_confirmed": "電話の相手を確認",
    "call_wrong_word": "合言葉が不一致",
    "call_ended": "通話を終了",
    "call_taken_over": "通話を引き継ぎ",
    "contact_corrected": "照会窓口の連絡先が変更",
    "reminder_withdrawn": "督促を取下げ",
    "suspicion_opened": "不審な照会としてＰＭＯに通知",
    "copy_refreshed": "副本を登録・更新（※5）",
    "copy_refresh_taken_back": "副本の登録・更新を済んでいないものに戻した（※5）",
    "withheld_opened": "責任者が不開示の記録を開示可と判断",
    "roster_brings_person": "新しい名簿か規則で該当者が見つかりました",
    "roster_takes_person_away": "新しい名簿か規則で、見つかった該当者がいなくなりました",
    "later_finding_done": "新しい名簿で見つかった該当者の対応が済み",
}
INSURER_KINDS = {
    InsurerKind.ASSOCIATION: "協会けんぽ",
    InsurerKind.SOCIETY: "健康保険組合",
    InsurerKind.NATIONAL_SOCIETY: "国民健康保険組合",
    InsurerKind.WIDE_AREA_UNION: "後期高齢者医療広域連合",
}
LISTING_SCOPES = {Scope.ALL: "全加入者", Scope.DEPENDANTS_ONLY: "被扶養者のみ"}
RELATIONS = {Relation.INSURED: "本人", Relation.DEPENDANT: "被扶養者（家族）"}
EVIDENCE = {
    "certificate": "資格確認書",
    "notice": "資格情報のお知らせ",
    "portal": "マイナポータルの画面",
    "old_card": "旧被保険者証（写し）",
    "stated": "申請者の申告",
}
RETRIES = {
    Retry.NO: "",
    Retry.ONCE: "情報連携で一度だけ再照会し、それでもエラーになるときに照会してください。",
    Retry.AFTER_TEN_DAYS: "届出から間もないときは、10日ほど置いて情報連携で再照会すると更新されていることがあります。",
    Retry.LATER: "時間を置いて情報連携で再照会すると、回答が得られることがあります。",
    Retry.AFTER_CORRECTION: "照会条件を直して、情報連携で再照会してください。",
}
LISTING_CATEGORIES = {
    Category.ATTACHMENTS_NEEDED: "添付書類省略困難保険者",
    Category.VACCINATION: "予防接種事務情報連携困難保険者",
}
LIKENESS = {
    Likeness.SAME: "名簿の代表電話と同じ番号です。折り返すときは、名簿の番号にかけます。",
    Likeness.ONE_DIGIT: "名簿の代表電話と１桁だけ違います。なりすましに注意してください。",
    Likeness.SWAPPED: "名簿の代表電話と、隣り合う数字が入れ替わっています。なりすましに注意してください。",
    Likeness.MISSING: "名簿の代表電話より１桁足りません。なりすましに注意してください。",
    Likeness.ADDED: "名簿の代表電話より１桁多い番号です。なりすましに注意してください。",
    Likeness.SAME_TAIL: "下４桁だけが名簿の代表電話と同じです。なりすましに注意してください。",
    Likeness.OTHER: "名簿の代表電話とは別の番号です。",
}
KANA_CLASSES = {
    KanaClass.WIDTH: "全角と半角",
    KanaClass.DAKUTEN_ENCODING: "濁点・半濁点の文字の持ち方",
    KanaClass.HIRAGANA: "ひらがなとカタカナ",
    KanaClass.HYPHEN: "長音の代わりのハイフン",
    KanaClass.SEPARATORS: "空白・中黒などの区切り",
    KanaClass.SMALL_LARGE: "小書きと大書き",
    KanaClass.SAME_SOUND: "同じ音の仮名（ヲ・ヂ・ヅ・ヱ・ヰ・ヴ）",
    KanaClass.LONG_VOWEL: "長音の書き方",
}
KANA_EXAMPLES = {
    KanaClass.WIDTH: ("ﾀｶﾊｼ", "タカハシ"),
    KanaClass.DAKUTEN_ENCODING: ("ワタナヘ゛", "ワタナベ"),
    KanaClass.HIRAGANA: ("たかはし", "タカハシ"),
    KanaClass.HYPHEN: ("オ-ノ", "オーノ"),
    KanaClass.SEPARATORS: ("タカハシ タロウ", "タカハシタロウ"),
    KanaClass.SMALL_LARGE: ("キヨウコ", "キョウコ"),
    KanaClass.SAME_SOUND: ("ミヅキ", "ミズキ"),
    KanaClass.LONG_VOWEL: ("オオノ", "オーノ"),
}
