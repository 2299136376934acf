"""Signs of an impostor on screen, for PMO staff: receipt numbers and parties, no person (不審な照会)."""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from inquiry.directory.look_alikes import differences
from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.store.suspicions import SuspicionNote
from inquiry.web.forms import Form, attach
from inquiry.web.heard_words import Heard, heard_words, letter_words
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import suspicions
from inquiry.workflow.resembling import Likened
from inquiry.workflow.suspicions import Kind

blueprint = Blueprint("suspicions", __name__, url_prefix="/suspicions")
PMO: Final = (Role.PMO_STAFF,)
KINDS: Final = {
    Kind.WRONG_WORDS: "合言葉が一致しないまま、通話が終わった",
    Kind.NO_SUCH_PERSON: "代表電話で、その担当者はいないと言われた",
    Kind.CALL_REFUSED: "代表電話で、通話を断られた",
    Kind.CALLER_DOUBTED: "電話をかけてきた人が、保険者の合言葉を言えなかった（市町村等からの連絡）",
    Kind.CHANGE_DENIED: "名簿の変更に心当たりがないと言われた",
    Kind.LOOK_ALIKE: "名簿のものに似た番号・メールドメイン・名称が書かれた",
}


class LookForm(Form):
    """確認した旨と判断の理由."""

    reason = StringField(
        "判断の理由",
        [DataRequired("確かめた内容と、そう判断した理由を入力してください。"), Length(max=500)],
        description="個人の氏名などは書かないでください。",
    )


@screen(blueprint, "", roles=PMO)
def listing() -> str:
    """List what was suspicious, what nobody looked at first."""
    return _shown({})


@screen(blueprint, "/<suspicion_id>/look", roles=PMO, methods=["POST"])
def look(suspicion_id: str) -> Any:
    """Record that a note was looked at."""
    form = LookForm(prefix=suspicion_id)
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                suspicions.look(work, suspicion_id, reason=form.reason.data)
            flash("確認したことを記録しました。", "success")
            return redirect(url_for("suspicions.listing"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown({suspicion_id: form}), 422


def _beside(note: SuspicionNote) -> Heard | None:
    """Lay what was seen beside the true one, sign by sign."""
    if not note.resembles:
        return None
    if note.resembles.isdigit():
        return heard_words(differences(note.seen, note.resembles))
    return letter_words(note.seen, note.resembles, what=Likened.DOMAIN if "." in note.resembles else Likened.NAME)


def _form(note: SuspicionNote) -> LookForm:
    return LookForm(None, prefix=note.id)


def _shown(bound: dict[str, LookForm]) -> str:
    with house().reading(actor()) as work:
        rows = [
            (each, KINDS[Kind(each.note.kind)], _beside(each.note), bound.get(each.note.id) or _form(each.note))
            for each in suspicions.listing(work)
        ]
        return render_template("suspicions/listing.html", rows=rows, form=next(iter(bound.values()), None))
