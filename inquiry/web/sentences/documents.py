"""Sentences about documents and files (文書・ファイル)."""

SENTENCES: dict[str, str] = {
    "letter:undrawable_character": (
        "文書に印字できない文字があります（{code_points}）。電話又はファイルで回答するか、管理者に連絡してください。"
    ),
    "letter:unwritable_character": (
        "ファイルに書けない制御文字が含まれています。回答の欄を入力し直してください。"
        "照会の氏名等に含まれる場合は、電話で回答してください。"
    ),
    "letter:delay_not_now": "回答に時間を要する旨を連絡していません。先に、回答の見込みと理由を連絡してください。",
    "letter:apology_not_now": "取り消された回答がありません。先に、回答を取り消してください。",
    "letter:inquiry_sheet_not_now": "この照会は終わっています。新しい照会を作成してください。",
    "letter:reminder_not_now": "回答期限を過ぎていないため、督促は作成できません。期限までお待ちください。",
    "letter:report_not_now": "回答期限を過ぎておらず、回答を断られてもいません。期限までお待ちください。",
    "letter:no_desk": "この保険者の照会窓口が一覧に登録されていません。ＰＭＯに登録を依頼してください。",
    "letter:no_fax": "この保険者のＦＡＸ番号が一覧に登録されていません。郵送用の照会書を作成してください。",
    "letter:no_pmo": "ＰＭＯが登録されていません。所管課への文書を作成してください。",
    "letter:not_found": "文書が見つかりません。照会の画面から選び直してください。",
    "wording:empty": "件名と本文は省けません。文面を入力してください。",
    "wording:too_long": "文面が長すぎます。件名は60字、本文は600字、備考は400字までにしてください。",
    "wording:unknown_field": (
        "使えない差し込み項目があるか、括弧｛｝が閉じていません。一覧にある項目を、そのままの名前で使ってください。"
    ),
    "file:password_missing": "パスワードがありません。ファイルを作り直してください。",
    "file:password_not_ascii": "パスワードは半角の英数字と記号だけにしてください。ファイルを作り直してください。",
    "file:package_too_small": (
        "ファイルを作成できませんでした。もう一度作成し、直らない場合は管理者に連絡してください。"
    ),
}
