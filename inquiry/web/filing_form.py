"""The form of an inquiry, and how what was typed becomes a filing (照会書の様式).

Source    memo annex STEP1 ①②: the parts stand in the memo's order.
Decides   nothing; rules are named by workflow/filing.py and come back to their fields.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any, Final

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional

from inquiry.directory.municipalities import inquirer_kind_of
from inquiry.domain.member import Relation
from inquiry.domain.network_error import filing_reasons
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Actor, Entrance, Inquirer, MunicipalityCode, Role
from inquiry.domain.procedure import Procedure, procedures_of
from inquiry.domain.reply import ANSWER_CHANNELS, Channel
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.web import labels
from inquiry.web.forms import DateField, PlainForm, chosen, complete_day, offered
from inquiry.workflow.filing import Filing
from inquiry.workflow.work import JST

# What has a form of its own: the guard looks at each by itself, since side by side they say nothing.
APART: Final = frozenset(
    {
        "insurer_id", "insurer_pick", "desk", "municipality", "municipality_code", "municipality_pick", "insurer",
        "named", "symbol", "number", "heard_telephone", "heard_mail", "birth_date", "error_at", "error_time",
        "needed_by", "reason", "insurer_evidence", "relation", "sex", "procedure", "items", "channel", "entrance",
        "is_supervised", "caution_ticked",
    }
)  # fmt: skip
# Stands in for a birth date that cannot be read, so that everything else is looked at as well; the field's own
# error keeps the inquiry from being filed.
UNREAD: Final = PartialDate(1900)

_CHOOSE: Final = "選んでください"


def clock_time(_form: FlaskForm, field: StringField) -> None:
    """Refuse what is no time of day; a validator."""
    try:
        time.fromisoformat(_plain_time(field.data))
    except ValueError as error:
        raise ValidationError("時刻を「14:05」の形で入力してください。") from error


def _plain_time(text: str | None) -> str:
    plain = (text or "").strip().replace("：", ":")
    return plain if len(plain) != 4 or ":" not in plain else f"0{plain}"


class IntakeFields(PlainForm):
    """電話・文書の受付だけにある欄: how the inquiry came, and which municipality asks."""

    entrance = RadioField(
        "受付の方法",
        [DataRequired("電話か文書かを選んでください。")],
        choices=offered({each: labels.ENTRANCES[each] for each in (Entrance.TELEPHONE, Entrance.DOCUMENT)}),
        validate_choice=False,
    )
    municipality = StringField("市町村等", [Length(max=100)], description="名称・フリガナ・団体コードで探せます。")
    municipality_code = HiddenField()
    municipality_pick = HiddenField()


class InsurerFields(PlainForm):
    """市町村等の照会だけにある欄: to whom it goes."""

    insurer = StringField("医療保険者", [Length(max=200)], description="名称・フリガナ・保険者番号で探せます。")
    insurer_id = HiddenField()
    insurer_pick = HiddenField()
    desk = RadioField("照会する窓口", [Optional()], validate_choice=False)


class FilingFields(PlainForm):
    """照会書の欄: everything both entrances have in common, in the memo's order."""

    named = HiddenField("入力された名称", [Length(max=200)])
    section = StringField("所属", [Length(max=100)])
    person = StringField("担当者氏名", [Length(max=100)])
    heard_telephone = StringField("連絡先電話番号", [Optional(), Length(max=40)])
    heard_mail = StringField("連絡先メールアドレス", [Optional(), Length(max=200)])
    insurer_evidence = SelectField(
        "保険者を確かめた資料",
        [Optional()],
        choices=offered(labels.EVIDENCE, blank=_CHOOSE),
        validate_choice=False,
    )
    reason = SelectField(
        "エラー等の種別",
        [DataRequired("エラー等の種別を選んでください。")],
        choices=offered({each.code: each.label for each in filing_reasons()}, blank=_CHOOSE),
        validate_choice=False,
    )
    is_supervised = BooleanField("上司の確認を受けました（不開示該当のとき）")
    error_at = DateField("エラーが返った日", [Optional(), complete_day])
    error_time = StringField("時刻", [Optional(), clock_time], description="例：14:05")
    network_reference = StringField("処理通番等", [Optional(), Length(max=60)])
    relation = RadioField(
        "加入者の区分",
        [Optional()],
        choices=offered(labels.RELATIONS),
        description="リストの対象が「被扶養者のみ」の保険者では、被扶養者のときだけ照会できます。",
        validate_choice=False,
    )
    written = StringField("氏名", [])
    kana = StringField("フリガナ", [])
    birth_date = DateField(
        "生年月日", [DataRequired("生年月日を入力してください。わからない月日は「不詳」と書けます。")]
    )
    sex = RadioField("性別", choices=offered({each: labels.SEXES[each] for each in (Sex.MALE, Sex.FEMALE)}),
                     validate_choice=False)  # fmt: skip
    address = StringField("住所", [Optional()])
    symbol = StringField("記号", [Optional()])
    number = StringField("番号", [Optional()])
    alias_written = StringField("通称", [Optional()])
    alias_kana = StringField("通称のフリガナ", [Optional()])
    former_written = StringField("旧氏", [Optional()])
    former_kana = StringField("旧氏のフリガナ", [Optional()])
    procedure = SelectField("事務手続", [DataRequired("事務手続を選んでください。")], validate_choice=False)
    items = SelectMultipleField("照会したい情報", validate_choice=False)
    channel = RadioField(
        "希望する回答方法",
        choices=offered({each: labels.CHANNELS[each] for each in ANSWER_CHANNELS}),
        validate_choice=False,
    )
    needed_by = DateField("必要な期限", [Optional(), complete_day])
    note = TextAreaField("連絡事項", [Optional(), Length(max=2000)])
    caution_ticked = BooleanField("個人番号ではないことを確認しました")
    caution_reason = StringField("その数字が何か", [Optional(), Length(max=200)], description="例：申請書の受付番号")


class FilingForm(InsurerFields, FilingFields):
    """照会書."""


class IntakeForm(IntakeFields, FilingFields):
    """電話・文書の受付票."""


def form_for(actor: Actor, fields: Mapping[str, list[str]]) -> FilingForm | IntakeForm:
    """Return the form of this side, filled with what was typed; the token against forgery is looked at by the shell."""
    kind = FilingForm if actor.role is Role.CLERK else IntakeForm
    return kind(MultiDict(fields), meta={"csrf": False})


def blank_for(actor: Actor, now: datetime) -> FilingForm | IntakeForm:
    """Return the form of this side as it opens: the asker as the account says, the error as of now."""
    local = now.astimezone(JST)
    is_clerk = actor.role is Role.CLERK
    opening = {
        "section": actor.section if is_clerk else "",
        "person": actor.display_name if is_clerk else "",
        "error_at": f"{local.date():%Y-%m-%d}",
        "error_time": f"{local:%H:%M}",
    }
    kind = FilingForm if is_clerk else IntakeForm
    return kind(None, data=opening, meta={"csrf": False})


def fields_in(form: FlaskForm, posted: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what was posted into the form's own fields, the choices as they were understood."""
    fields = {name: posted.getlist(name) for name in posted if name in form}
    understood = ("insurer", "insurer_id", "desk", "municipality", "municipality_code", "named")
    fields |= {name: [form[name].data or ""] for name in understood if name in form}
    return {name: values for name, values in fields.items() if any(values) and not name.endswith("_pick")}


def named_insurer(form: Any) -> tuple[str, str]:
    """Return the insurer a form has chosen, and the number by which it was named, "" where it was by its name."""
    insurer_id, _, number = (form.insurer_id.data or "").partition("/")
    return insurer_id, number


def desk_chosen(form: Any) -> int:
    """Return the desk a form has chosen, 0 where it leaves that to the insurer's number."""
    insurer_id, _, desk = (form.desk.data or "").partition("/")
    return int(desk) if desk.isdigit() and insurer_id == named_insurer(form)[0] else 0


def procedures_for(code: MunicipalityCode | str) -> tuple[Procedure, ...]:
    """Return the procedures a municipality may ask under; every open one while it is not known which asks."""
    kind = inquirer_kind_of(MunicipalityCode(code)) if code else inquirer_kind_of(MunicipalityCode("131016"))
    return procedures_of(kind)


def offer(form: FlaskForm, procedures: Iterable[Procedure]) -> None:
    """Let the form offer these procedures, and the items of the one that is chosen."""
    open_ones = tuple(procedures)
    form.procedure.choices = offered({each.code: each.name for each in open_ones}, blank=_CHOOSE)
    items = next((each.items for each in open_ones if each.code == form.procedure.data), ())
    form["items"].choices = offered({each.code: each.name for each in items})


def filing_from(form: Any, actor: Actor) -> Filing:
    """Return what a validated form says."""
    is_clerk = actor.role is Role.CLERK
    channel = chosen(form.channel)
    insurer_id, number = named_insurer(form) if is_clerk else (actor.insurer_id or "", "")
    reason, relation, sex = chosen(form.reason), chosen(form.relation), chosen(form.sex)
    return Filing(
        inquirer=Inquirer(
            MunicipalityCode((actor.municipality_code or "") if is_clerk else form.municipality_code.data or ""),
            _text(form.section),
            _text(form.person),
            telephone=_text(form.heard_telephone),
            mail_address=_text(form.heard_mail),
        ),
        entrance=Entrance.SYSTEM if is_clerk else Entrance(form.entrance.data or Entrance.TELEPHONE),
        insurer_id=insurer_id,
        insurer_number=number,
        desk=desk_chosen(form) if is_clerk else 0,
        insurer_evidence=chosen(form.insurer_evidence),
        reason=reason,
        error_at=_error_at(form),
        network_reference=_text(form.network_reference),
        subject=_subject(form, sex),
        relation=Relation(relation) if relation in set(Relation) else None,
        procedure=chosen(form.procedure),
        items=tuple(form["items"].data or ()),
        channel=Channel(channel) if channel in set(Channel) else None,
        needed_by=_day(form.needed_by) if channel == Channel.LETTER else None,
        note=_text(form.note),
        is_supervised=bool(form.is_supervised.data),
        caution_reason=_text(form.caution_reason) if form.caution_ticked.data else "",
        named=_text(form.named),
    )


def _subject(form: Any, sex: str) -> Subject:
    return Subject(
        name=PersonName(_text(form.written), _text(form.kana)),
        birth_date=form.birth_date.day or UNREAD,
        sex=Sex(sex) if sex in set(Sex) else Sex.UNKNOWN,
        alias=PersonName(_text(form.alias_written), _text(form.alias_kana)),
        former_name=PersonName(_text(form.former_written), _text(form.former_kana)),
        address=_text(form.address),
        symbol=_text(form.symbol),
        number=_text(form.number),
    )


def _text(field: Any) -> str:
    return (field.data or "").strip()


def _day(field: DateField) -> Any:
    return field.day.as_date() if field.day is not None and field.day.is_complete else None


def _error_at(form: Any) -> datetime | None:
    day = _day(form.error_at)
    needs_error = any(each.needs_error for each in filing_reasons() if each.code == chosen(form.reason))
    if day is None or form.error_time.errors or not needs_error:
        return None
    at = time.fromisoformat(_plain_time(form.error_time.data)) if _text(form.error_time) else time()
    return datetime.combine(day, at, JST).astimezone(UTC)
