"""Sentences about documents and files (文書・ファイル)."""

SENTENCES: dict[str, str] = {
    "letter:undrawable_character": (
        "文書に印字できない文字があります（{code_points}）。電話又はファイルで回答するか、管理者に連絡してください。"
    ),
    "letter:unwritable_character": (
        "ファイルに書けない制御文字が含まれています。回答の欄を入力し直してください。"
        "照会の氏名等に含まれる場合は、電話で回答してください。"
    ),
    "file:password_missing": "パスワードがありません。ファイルを作り直してください。",
    "file:password_not_ascii": "パスワードは半角の英数字と記号だけにしてください。ファイルを作り直してください。",
    "file:package_too_small": (
        "ファイルを作成できませんでした。もう一度作成し、直らない場合は管理者に連絡してください。"
    ),
}
