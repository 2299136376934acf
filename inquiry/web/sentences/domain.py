"""Sentences about My Numbers, dates, numbers, procedures and tables (入力のきまり)."""

SENTENCES = {
    "my_number:found": "マイナンバーと思われる数字が含まれています。その部分を消してから、もう一度送ってください。",
    "guard:unscannable": (
        "ファイルの中身を確認できません（暗号化、画像、PDF、旧形式など）。"
        "パスワードを外し、Word・Excel・CSV・テキストのいずれかで保存し直してください。"
    ),
    "date:empty": "日付が入力されていません。例：昭和33年4月1日、S33.4.1、1958-04-01",
    "date:unreadable": "日付を読み取れません。元号か4桁の西暦を付けて入力してください（例：S33.4.1）。",
    "date:no_such_day": "暦にない日付です。年月日を確かめてください。",
    "date:day_without_month": "月が不詳のときは、日も不詳にしてください。",
    "date:part_unknown": "年・月・日をすべて入力してください。",
    "date:before_era": "その元号が始まる前の日付です。元号と年を確かめてください。",
    "date:after_era": "その元号が終わった後の日付です。元号と年を確かめてください。",
    "date:too_early": "明治6年（1873年）1月1日より前の日付は扱えません。年を確かめてください。",
    "date:too_late": "7桁の和暦では表せない年です。西暦で出力してください。",
}
