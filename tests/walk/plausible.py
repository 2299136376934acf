"""What people type into the fields of a page: what is meant, what is odd, and what is hostile.

A field is known by its name. One that nobody named gets a few words; one to choose from, a choice that is offered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from inquiry.domain.check_digits import is_my_number
from tests.world import BRANCH, PASSWORD, SOCIETY

ODD = (
    "",
    " ",
    "　",
    "0",
    "-1",
    "99999999999999999999",
    "令和99年13月40日",
    "2026-02-30",
    "25:61",
    "ア" * 3_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE answer; --",
    "../../etc/passwd",
    "=HYPERLINK(1)",
    "{{ 7 * 7 }}",
    "a\x00b",
    "\u202e\ufeff\u200b",
    "葛\U000e0100",
    "😀",
    "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "None",
    "x@y\r\nBcc: z@example.jp",
)
FILES = (
    ("", b""),
    ("列.csv", "名前,値\r\n甲,1\r\n".encode()),
    ("cp932.csv", "名前,値\r\n甲,1\r\n".encode("cp932")),
    ("cut.xlsx", b"PK\x03\x04 cut short"),
    ("cut.pdf", b"%PDF-1.7 cut short"),
    ("seal.png", b"\x89PNG\r\n\x1a\n cut short"),
    ("../nul\x00.docx", b"\x00" * 99),
)


@dataclass(frozen=True)
class Somebody:
    """A person whom inquiries are about: how a clerk writes them, and how many members of the roster they are."""

    written: str
    kana: str
    birth_date: str
    sex: str
    members: int | None = None
    is_withheld: bool = False

    @property
    def typed(self) -> dict[str, str]:
        return {"written": self.written, "kana": self.kana, "birth_date": self.birth_date, "sex": self.sex}


SATO = Somebody("髙橋　太郎", "タカハシ　タロウ", "昭和33年4月1日", "1", members=1)
SUZUKI = Somebody("鈴木　花子", "スズキ　ハナコ", "S45.5.5", "2", members=2)
TANAKA = Somebody("田中　一郎", "タナカ　イチロウ", "1980-06-06", "1", members=1, is_withheld=True)
MUMEI = Somebody("無名　次郎", "ムメイ　ジロウ", "平成2年7月7日", "1", members=0)
# Whom each municipality asks each insurer about: nobody twice, so that a name on a page says whose inquiry it is.
ASKED_ABOUT: Mapping[tuple[str, str], tuple[Somebody, ...]] = {
    ("131016", SOCIETY): (SATO, SUZUKI, TANAKA, MUMEI),
    ("131016", BRANCH): (Somebody("御手洗　菊乃", "ミタライ　キクノ", "昭和60年1月2日", "2"),),
    ("011002", SOCIETY): (Somebody("勅使河原　権兵衛", "テシガワラ　ゴンベエ", "3400910", "1", members=0),),
    ("011002", BRANCH): (Somebody("東海林　小鈴", "ショウジ　コスズ", "平成11年11月11日", "2"),),
}
TOKENS = {"csrf_token", "idempotency_key"}
NOT_TYPED = frozenset({"hidden", "file", "submit", "button", "checkbox"})
TOWNS = {"131016": "千代田区", "011002": "札幌市"}
ITEMS = {"SHIKAKU-05": "本人", "SHIKAKU-06": "平成31年4月1日", "SHIKAKU-07": "加入中"}


def words_for(random: Random, name: str) -> str:
    """Return what somebody sensible types into a field of this name."""
    own = name.rpartition("-")[2]
    written = _WRITTEN.get(name) or _WRITTEN.get(own)
    if written is None and own.endswith(("_on", "_by")):
        written = _DAYS
    return random.choice(written or ("念のため確認しました。", "別紙のとおり", "窓口で申出があったため"))


_DAYS = ("令和8年11月25日", "2026-12-01", "R8.11.20", "")
_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "password": (PASSWORD,),
    "login_name": ("clerk",),
    "acquired": ("2010-04", "令和2年4月", "平成22年4月"),
    "lost": ("",),
    "address": ("kenko@example.lg.jp", "kenko@example.lg.jp", "somebody@example.com"),
    "repeated": ("kenko@example.lg.jp",),
    "expected_at": ("令和8年12月1日",),
    "expected_time": ("15:00",),
    "again_on": ("", "令和8年12月1日"),
    "again_time": ("", "10:30"),
    "at_time": ("10:30", ""),
    "error_at": ("",),
    "needed_by": ("令和9年1月20日",),
    "telephone": ("03-0000-9876",),
    "heard_telephone": ("03-0000-9876", "0300000007"),
    "section": ("健康推進課",),
    "person": ("山田 花子",),
    "reached": ("健康推進課 山田",),
    "ask_for": ("", "係長"),
    "network_reference": ("A-0001",),
    "symbol": ("",),
    "number": ("",),
    "alias_written": ("",),
    "alias_kana": ("",),
    "former_written": ("",),
    "former_kana": ("",),
    "note": ("", "よろしくお願いします。"),
    "remark": ("",),
    "document_number": ("健発第12号", ""),
    "document_on": ("令和8年11月24日",),
    "tracking_number": ("",),
    "checked_on": ("2026-11-20",),
    "main_line": ("03-0000-0001",),
    "mail_domain": ("example.lg.jp",),
    "source": ("https://www.example.lg.jp/",),
    "kana": ("タナカ　イチロウ",),
}


def a_my_number(random: Random) -> str:
    """Return twelve digits that a person might have; drawn anew, so that none stands in this tree.

    None begins as a moment does: those may be let in on their writer's word, and be seen again.
    """
    base = f"{random.randrange(3 * 10**10, 10**11)}"
    number = next(base + str(digit) for digit in range(10) if is_my_number(base + str(digit)))
    return random.choice((number, f"{number[:4]} {number[4:8]} {number[8:]}", f"番号は{number}です"))


def filled(random: Random, form: Any, typed: Mapping[str, Any], odd: Callable[[], str | None]) -> list[tuple[str, str]]:
    """Return what a form sends once it is filled in; `typed` says what stands fast, `odd` comes in between."""
    texts: dict[str, str] = {}
    for name in sorted({each for each in form.fields if each} - TOKENS):
        control = form.inputs[name]
        kind = type(control).__name__
        if kind == "RadioGroup":
            _choose(random, control, typed.get(name))
        elif kind == "CheckboxGroup":
            _tick(random, list(control), typed.get(name))
        elif kind == "SelectElement":
            _select(random, control, typed.get(name))
        elif kind == "TextareaElement" or control.type not in NOT_TYPED:
            strange = odd()
            texts[name] = strange if strange is not None else str(typed.get(name) or words_for(random, name))
        elif control.type == "checkbox":
            _tick(random, [control], typed.get(name))
    # What a browser sends may hold characters that no tree of a page can.
    return [(name, value) for name, value in form.form_values() if name not in texts] + list(texts.items())


def _choose(random: Random, group: Any, wanted: Any) -> None:
    offered = list(group.value_options)
    if wanted in offered:
        group.value = wanted
    elif offered and (group.value is None or random.random() < 0.5):
        # The first choice is what the memo hopes for: equal, reached, one found.
        group.value = offered[0] if random.random() < 0.5 else random.choice(offered)


def _tick(random: Random, boxes: list[Any], wanted: Any) -> None:
    for box in boxes:
        is_wanted = box.get("value") in wanted if isinstance(wanted, (tuple, list)) else random.random() < 0.9
        box.checked = is_wanted


def _select(random: Random, select: Any, wanted: Any) -> None:
    offered = [each for each in select.value_options if each]
    if select.multiple:
        select.value = [each for each in offered if random.random() < 0.5]
    elif wanted in offered:
        select.value = wanted
    elif offered and (not select.value or random.random() < 0.3):
        select.value = random.choice(offered)
