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
    "check_number:empty": "確認番号を入力してください。文書の右上にあります。",
    "check_number:other_sign": "確認番号はアルファベットだけです。数字と、Ｉ・Ｌ・Ｏは使われません。文書をもう一度確かめてください。",
    "check_number:length": "確認番号は16文字です。抜けている文字や余分な文字がないか、文書をもう一度確かめてください。",
    "check_number:slip": "確認番号に書き違いがあります。文書をもう一度確かめ、入力し直してください。",
    "verifying:too_often": "見つからない確認が続いたため、しばらく受け付けません。時間をおいて、もう一度確かめてください。",
    "verifying:too_large": "文書が大きすぎます。本システムの文書は２ＭＢを超えません。ファイルを選び直してください。",
    "certificate:unreadable": "証明書のファイルを開けません。PKCS#12（.p12・.pfx）のファイルか、パスワードが正しいかを確かめてください。",
    "certificate:no_usable_key": "ファイルに、証明書とその秘密鍵（RSA又は楕円曲線）が入っていません。書き出し方を確かめてください。",
    "certificate:weak_key": "鍵が短いため使えません。RSAは2048ビット以上の証明書を用意してください。",
    "certificate:not_valid_now": "証明書の有効期間の外です。有効な証明書を選んでください。",
    "certificate:known_already": "この証明書は、すでに登録されています。別の証明書を選んでください。",
    "certificate:not_in_use": "この証明書は使われていません。画面を開き直してください。",
    "certificate:supervisor_only": "証明書を登録・終了できるのは、責任者だけです。責任者に依頼してください。",
    "certificate:no_timestamp": (
        "タイムスタンプを取得できないため、文書を作成しませんでした。しばらくしてからもう一度作成し、直らない場合は管理者に連絡してください。"
    ),
    "letter_run:nothing_picked": "作成する文書を選んでください。",
    "letter_run:too_many": "一度に作成できるのは500件までです。分けて作成してください。",
    "letter_run:not_waiting": "文書での回答を待っていない照会があります。照会を開いて、最新の内容を確かめてください。",
    "letter_run:not_found": "一括作成が見つかりません。一覧から選び直してください。",
    "letter_run:nothing_ready": "作成できた文書がありません。作成できない理由を確かめてください。",
    "letter_run:unknown_number": "一覧にない文書番号があります。この一括作成の差出票かを確かめてください。",
    "letter_run:repeated_number": "同じ文書番号が２度書かれています。差出票を直して、もう一度読み込んでください。",
    "file:package_too_small": (
        "ファイルを作成できませんでした。もう一度作成し、直らない場合は管理者に連絡してください。"
    ),
}
