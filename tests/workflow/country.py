"""A contact list as long as the country's, all invented: its numbers have an exchange of zeros and ring nobody."""

from collections.abc import Iterator
from itertools import cycle, islice

from inquiry.directory.contacts import ALL_COLUMNS, NUMBER_COLUMNS
from inquiry.directory.prefectures import PREFECTURES
from inquiry.domain.check_digits import is_insurer_number
from inquiry.domain.table_text import write_table

DESKS = 1_600
TRADES = (("電機", "デンキ"), ("運輸", "ウンユ"), ("製薬", "セイヤク"), ("髙島", "タカシマ"), ("食品", "ショクヒン"))
SIGNS = ("", "代表～内線", "＝確認済", "=1+1", "'=1", "+81", '"要事前連絡"', "平日,昼を除く", "１行目\n２行目", "00123")
WAYS = ("電話", "ファイル", "文書", "電話;文書", "電話;ファイル;文書")


def country_list(encoding: str) -> bytes:
    """Return the list as the product writes it, in the order of the numbers."""
    rows = sorted(islice(_rows(), DESKS), key=lambda row: (row["保険者番号"].zfill(8), row["窓口名"]))
    return write_table(rows, ALL_COLUMNS, numbers=NUMBER_COLUMNS, encoding=encoding)


def _rows() -> Iterator[dict[str, str]]:
    details = zip(cycle(SIGNS), cycle(WAYS), strict=False)
    for number, (desk, (remarks, ways)) in enumerate(zip(_desks(), details, strict=False)):
        telephone = f"{'03-0000' if number % 2 else '011-000'}-{number:04}"
        fax = f"03-0000-{9999 - number:04}" if number % 3 else ""
        yield desk | {
            "担当部署": f"資格{number % 7 + 1}課",
            "電話番号": telephone,
            "FAX": fax,
            "受付時間": "平日 9:00～17:00",
            "郵便番号": f"{number % 900 + 100:03}-0000" if number % 5 else "",
            "住所": f"{desk['都道府県']}見本町{number}番",
            "回答方法": ways,
            "備考": remarks,
            "確認日": f"2026-{number % 10 + 1:02}-01" if number % 4 else "",
        }


def _desks() -> Iterator[dict[str, str]]:
    """Yield each insurer's main desk, and for some a further one that serves a second number, ended or not."""
    for each, insurer in enumerate(_insurers()):
        number = insurer["保険者番号"]
        has_branch = each % 20 == 0 and insurer["保険者種別"] == "健保組合"
        second = _numbered("63" + number[2:7]) if has_branch else ""
        periods = [
            f"{number} 2003-04-01～",
            *([f"{second} 2008-04-01～{'2020-03-31' * (each % 40 == 0)}"] if second else []),
        ]
        main = {"窓口名": "", "担当範囲": "", "担当する保険者番号": "", "保険者番号の期間": "; ".join(periods)}
        yield insurer | main
        if second:
            yield insurer | {
                "窓口名": "退職者窓口",
                "担当範囲": "特例退職被保険者",
                "担当する保険者番号": second,
                "保険者番号の期間": "",
            }


def _insurers() -> Iterator[dict[str, str]]:
    """Yield one branch and one union of each prefecture, some national societies, and then societies without end."""
    for each, prefecture in enumerate(PREFECTURES, start=1):
        yield _insurer(f"01{each:02}001", "協会けんぽ", prefecture, ("協会みほん支部", "キョウカイミホンシブ"))
        yield _insurer(f"39{each:02}100", "広域連合", prefecture, ("みほん広域連合", "ミホンコウイキレンゴウ"))
        yield _insurer(f"{each:02}303", "国保組合", prefecture, ("みほん国保組合", "ミホンコクホクミアイ"))
    for number in range(1, 999):
        for each, prefecture in enumerate(PREFECTURES, start=1):
            name, kana = TRADES[(number + each) % len(TRADES)]
            whole = (f"みほん{name}第{number}健康保険組合", f"ミホン{kana}ケンコウホケンクミアイ")
            yield _insurer(f"06{each:02}{number:03}", "健保組合", prefecture, whole)


def _insurer(stem: str, kind: str, prefecture: str, names: tuple[str, str]) -> dict[str, str]:
    number = _numbered(stem)
    whole = dict(zip(("保険者名称", "保険者名称カナ"), names, strict=True))
    return {"保険者番号": number, "保険者種別": kind, "都道府県": prefecture} | whole


def _numbered(stem: str) -> str:
    return next(stem + digit for digit in "0123456789" if is_insurer_number(stem + digit))
