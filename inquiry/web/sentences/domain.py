"""Sentences about My Numbers, dates, numbers, procedures and tables (入力のきまり)."""

SENTENCES = {
    "my_number:found": "マイナンバーと思われる数字が含まれています。その部分を消してから、もう一度送ってください。",
    "my_number:in_document": (
        "作成する文書に、マイナンバーと思われる数字が並ぶため、作成しませんでした。宛先・発信者・文面・回答の中で、隣り合う行の数字も"
        "確かめて直し、もう一度作成してください。"
    ),
    "guard:unscannable": (
        "ファイルの中身を確認できません（暗号化、画像だけのPDF、旧形式など）。"
        "パスワードを外し、Word・Excel・PDF・CSV・テキストのいずれかで保存し直してください。"
    ),
    "date:empty": "日付が入力されていません。例：昭和33年4月1日、S33.4.1、1958-04-01",
    "date:era_digit_unknown": "７桁の日付の先頭の数字が、選ばれた元号の番号の決まりにありません。元号の番号の決まり（レセプト式・年金式）を確かめてください。",
    "date:unreadable": "日付を読み取れません。元号か4桁の西暦を付けて入力してください（例：S33.4.1）。",
    "date:no_such_day": "暦にない日付です。年月日を確かめてください。",
    "date:day_without_month": "月が不詳のときは、日も不詳にしてください。",
    "date:part_unknown": "年・月・日をすべて入力してください。",
    "date:before_era": "その元号が始まる前の日付です。元号と年を確かめてください。",
    "date:after_era": "その元号が終わった後の日付です。元号と年を確かめてください。",
    "date:too_early": "明治6年（1873年）1月1日より前の日付は扱えません。年を確かめてください。",
    "item:unknown": "選ばれた項目はありません。一覧から選び直してください。",
    "item:no_such_value": "この項目にない区分です。一覧から選んでください。",
    "procedure:unknown": "事務手続が見つかりません。一覧から選んでください。",
    "procedure:no_item": "照会する項目がありません。１つ以上選んでください。",
    "procedure:item_not_allowed": "この事務手続では照会できない項目があります。その項目を外してください。",
    "procedure:inactive": "この事務手続は受付を停止しています。別の手続を選ぶか、ＰＭＯに確認してください。",
    "procedure:not_work_of_prefecture": "この手続は都道府県の事務ではありません。手続を確かめてください。",
    "procedure:not_work_of_municipality": "この手続は市区町村の事務ではありません。手続を確かめてください。",
    "network_error:unknown": "照会の理由が選ばれていません。一覧から選んでください。",
    "network_error:supervisor_needed": "不開示に該当するため、上司の確認が必要です。確認を受けてから送信してください。",
    "network_error:correct_and_resend": "照会条件の不備です。条件を直して情報連携で再照会してください。",
    "network_error:not_permitted": "許可されていない手続・項目のため照会できません。手続と項目を確かめてください。",
    "network_error:wait_for_recovery": (
        "システム障害・メンテナンスです。復旧後に情報連携で再照会してください。ＰＭＯが障害を宣言している間は、照会できます。"
    ),
    "network_error:not_listed": "この保険者（又は対象者）はリストの対象ではありません。発生したエラーを選んでください。",
    "calendar:cut_off_outside_hours": "当日受付の締切が受付時間の外です。開始から終了までの間の時刻にしてください。",
    "calendar:never_open": "業務日が60日以内にありません。休業日の設定を確かめてください。",
}
