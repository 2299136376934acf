"""Whom a typed name means: the insurer to ask, or the municipality that asks (照会先・照会元の候補).

Decides   nothing; workflow/searching.py looks them up. Names repeat, so what tells namesakes apart stands with each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from inquiry.directory.insurers import InsurerKind
from inquiry.store.insurers import ContactEntry, InsurerNumber
from inquiry.web import labels
from inquiry.web.dressing import wareki
from inquiry.web.filing_form import FilingForm, IntakeForm, desk_chosen, named_insurer, offer, procedures_for
from inquiry.workflow import resembling, searching
from inquiry.workflow.filing import Standing
from inquiry.workflow.resembling import Resemblance
from inquiry.workflow.searching import Choice, Gone, full_name
from inquiry.workflow.work import Work

NOT_AS_TYPED: Final = "入力された名称とは違います（名簿にある、似た名称）。"


@dataclass(frozen=True, slots=True)
class Offer:
    """One that may be meant, in the words of a list of suggestions."""

    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a typed name was understood as: the one meant, or those that may be, or why there is none.

    `refusal` is an error's code; `main_line` is the directory's number of the municipality meant, for comparison;
    `gone` says why those that are offered bear another name or number than what was typed; `alike` whose names the
    typed one resembles.
    """

    chosen: Offer | None = None
    offered: tuple[Offer, ...] = ()
    refusal: str = ""
    main_line: str = ""
    gone: str = ""
    alike: tuple[Resemblance, ...] = ()


def understand(work: Work, form: FilingForm | IntakeForm) -> Understood:
    """Read whom the form names, and let it offer the procedures and items that follow from it."""
    if isinstance(form, FilingForm):
        return _understand_insurer(work, form)
    return _understand_place(work, form)


def _understand_insurer(work: Work, form: FilingForm) -> Understood:
    picked, typed = form.insurer_pick.data or "", form.insurer.data or ""
    form.insurer_id.data = picked or form.insurer_id.data or ""
    insurer_id, number = named_insurer(form)
    text = "" if picked else typed
    meant = searching.choose(work, text, insurer_id=insurer_id, number=number, desk=desk_chosen(form))
    chosen = insurer_offer(meant.chosen) if meant.chosen else None
    form.insurer_id.data = chosen.value if chosen else ""
    form.insurer.data = chosen.label if chosen else typed
    offer_desks(form, meant.chosen)
    offer(form, procedures_for(work.actor.municipality_code or ""))
    alike = _keep_name(work, form, typed, chosen)
    offered = offers_of(meant) or insurers_named(work, alike)
    gone = gone_words(meant.gone, is_offered=bool(offered)) if meant.gone else ""
    return Understood(chosen, offered, meant.refusal, gone=gone, alike=alike)


def _keep_name(work: Work, form: FilingForm | IntakeForm, typed: str, chosen: Offer | None) -> tuple[Resemblance, ...]:
    """Keep the name as it was typed where it resembles one of the directories; who is chosen does not undo that."""
    name = typed if chosen is None or typed.strip() != chosen.label else form.named.data or ""
    alike = tuple(resembling.names_like(work, name))
    form.named.data = name if alike else ""
    return alike


def offers_of(sought: Choice, *, before: str = "") -> tuple[Offer, ...]:
    """Offer what a search led to; beside who is asked instead of one that is gone, others are marked as not it."""
    if sought.gone is None:
        return tuple(insurer_offer(each) for each in sought.offered)
    instead = sought.gone.today
    return tuple(
        insurer_offer(each, before=before if each.insurer is instead else NOT_AS_TYPED) for each in sought.offered
    )


def insurers_named(work: Work, alike: Iterable[Resemblance]) -> tuple[Offer, ...]:
    """Offer the insurers whose names a typed one resembles."""
    found = searching.insurers_of(work, [each.owner.id for each in alike])
    return tuple(insurer_offer(each, before=NOT_AS_TYPED) for each in found)


def places_named(work: Work, alike: Iterable[Resemblance]) -> tuple[Offer, ...]:
    """Offer the municipalities whose names a typed one resembles."""
    found = searching.places_of(work, [each.owner.id for each in alike])
    return tuple(place_offer(each, before=NOT_AS_TYPED) for each in found)


def offer_desks(form: FilingForm, stands: Standing | None) -> None:
    """Let the form offer the desks of an insurer that has several; the one for the number stands first, and is set."""
    desks = (stands.desk, *stands.others) if stands is not None and stands.others else ()
    form.desk.choices = [(f"{each.insurer_id}/{each.desk}", desk_words(each)) for each in desks]
    form.desk.data = form.desk.choices[0][0] if desks else ""


def desk_words(desk: ContactEntry) -> str:
    """Name a desk, whom it serves and when it is open."""
    numbers = "・".join(number.removeprefix("00") for number in desk.serves_numbers)
    serves = "、".join(filter(None, (desk.serves_whom, f"保険者番号 {numbers}" if numbers else "")))
    return f"{desk.desk_name or '主たる窓口'}{f'（{serves}）' if serves else ''}　受付時間：{desk.hours or '記載なし'}"


def gone_words(gone: Gone, *, is_offered: bool) -> str:
    """Say why an insurer is no longer asked, or not by this number, and what to do."""
    name = gone.insurer.name
    if gone.number is not None and gone.number.valid_to is not None:
        number = gone.number.number.removeprefix("00")
        ended = f"保険者番号 {number}（{name}）は、{wareki(gone.number.valid_to)}で終わりました。"
    else:
        ended = (
            f"{name}は、ほかの保険者に承継されました。"
            if gone.insurer.successor_id
            else f"{name}の窓口は終わりました。"
        )
    if gone.today is not None:
        return f"{ended}今の照会先は「{gone.today.name}」です。資格のあった時期を確かめて選んでください。"
    others = "下に示すのは、名称の似た別の保険者です。" if is_offered else ""
    return f"{ended}今の照会先は窓口一覧にありません。{others}資格のあった時期と保険者を確かめてください。"


def _understand_place(work: Work, form: IntakeForm) -> Understood:
    picked, typed = form.municipality_pick.data or "", form.municipality.data or ""
    meant = searching.choose_place(work, "" if picked else typed, code=picked or form.municipality_code.data or "")
    chosen = place_offer(meant.chosen) if meant.chosen else None
    form.municipality_code.data = chosen.value if chosen else ""
    form.municipality.data = chosen.label if chosen else typed
    offer(form, procedures_for(chosen.value if chosen else ""))
    main_line = meant.chosen.main_line if meant.chosen else ""
    alike = _keep_name(work, form, typed, chosen)
    offered = tuple(place_offer(each) for each in meant.offered) or places_named(work, alike)
    return Understood(chosen, offered, meant.refusal, main_line, alike=alike)


def insurer_offer(stands: Standing, *, before: str = "") -> Offer:
    """Say in one line what a clerk needs to know of an insurer before asking it; `before` stands ahead of it."""
    insurer, desk, listing = stands.insurer, stands.desk, stands.listing
    listed = f"掲載あり（{_word(labels.LISTING_SCOPES, listing.scope)}）" if listing else "掲載なし"
    channels = "、".join(text for key, text in labels.CHANNELS.items() if key in desk.channels)
    numbers = "・".join(_number_words(each) for each in insurer.numbers)
    at_desk = f"／窓口：{desk.desk_name or '主たる窓口'}（ほかに{len(stands.others)}つ）" if stands.others else ""
    numbers += f"／旧名称：{'、'.join(stands.former_names)}" if stands.former_names else ""
    numbers += f"／承継した保険者：{'、'.join(stands.took_over)}" if stands.took_over else ""
    note = (
        f"{labels.INSURER_KINDS[InsurerKind(insurer.kind)]}　{insurer.prefecture}　保険者番号 {numbers}"
        f"／情報連携困難保険者リスト：{listed}{at_desk}／回答方法：{channels}／受付時間：{desk.hours or '記載なし'}"
    )
    value = f"{insurer.id}/{stands.number}" if stands.number else insurer.id
    return Offer(value, insurer.name, before + note)


def _number_words(number: InsurerNumber) -> str:
    until = f"（{wareki(number.valid_to)}まで）" if number.valid_to else ""
    return number.number.removeprefix("00") + until


def place_offer(place: Any, *, before: str = "") -> Offer:
    """Name a municipality so that it is told apart from its namesakes; `before` stands ahead of the note."""
    return Offer(place.code, full_name(place), f"{before}{place.kana}　団体コード {place.code}")


def _word(words: Any, key: str) -> str:
    return str(next(text for each, text in words.items() if each == key))
