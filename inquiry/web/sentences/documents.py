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
    "file:password_too_long": "パスワードが長すぎます。ファイルを作り直してください。",
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
    "file:package_too_small": (
        "ファイルを作成できませんでした。もう一度作成し、直らない場合は管理者に連絡してください。"
    ),
    "template:too_large": "ファイルが大きすぎます（2MBまで、部品300個まで）。画像を小さくして保存し直してください。",
    "template:locked_or_old": "パスワードの付いたファイルか、古い形式（.doc）です。パスワードを外し、.docxで保存し直してください。",
    "template:not_word": "Wordの文書（.docx）ではないか、壊れています。Wordで開き、.docx（マクロなしの文書）で保存し直してください。",
    "template:outside_link": "ファイルの外を指すリンクがあります。ハイパーリンクや、リンクされた画像・ひな形を外してください。",
    "template:macro": "マクロが入っています。.docx（マクロなしの文書）で保存し直してください。",
    "template:embedded": "ほかのファイルやコントロールが埋め込まれています。削除して、文字か画像にしてください。",
    "template:unknown_part": "様式に使えない部品が入っています。コメント、拡張機能、文書パーツなどを削除してください。",
    "template:picture_kind": "使えない種類の部品があります。画像はPNGかJPEGにして、貼り直してください。",
    "template:field_code": "ページ番号のほかのフィールド（日付、差込み印刷、目次など）があります。文字に変えるか、削除してください。",
    "template:tracked_change": "変更履歴が残っています。すべて承諾するか元に戻して、保存し直してください。",
    "template:field_open": "「《」と「》」の組が合っていません。差込項目は《氏名》のように、１つの段落の中で囲んでください。",
    "template:field_unknown": "差込項目にない名称があります。下の一覧の名称に直すか、「《」と「》」をほかの括弧に変えてください。",
    "template:field_missing": "必ず書く差込項目がありません。次の項目を書き加えてください。",
    "template:item_row": "《項目》と《回答》は、表の同じ行に、１回ずつだけ書いてください。その行がくり返されます。",
    "template:not_found": "その版の様式はありません。一覧から選び直してください。",
}
