"""How an office signs its letters, on screen; from here to the wording of each letter (文書の設定)."""

from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from inquiry.documents.letter import Envelope
from inquiry.documents.seal_picture import PRINTED_SIDE
from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.domain.parties import Role
from inquiry.web import labels
from inquiry.web.forms import Form, attach, offered
from inquiry.web.request_context import actor, form_key, form_version, house
from inquiry.web.walls import screen
from inquiry.workflow import letterheads, stationery, wordings
from inquiry.workflow.letterheads import LONGEST_MARK, Stationery

blueprint = Blueprint("letterheads", __name__, url_prefix="/letters")
BOTH_SIDES: Final = (Role.CLERK, Role.OFFICER)


class LetterheadForm(Form):
    """文書記号・公印・封筒."""

    mark = StringField(
        "文書記号",
        [Optional(), Length(max=LONGEST_MARK)],
        description="「○○健発」のように、文書番号の前に付けます。空けておくと、番号だけになります。",
    )
    envelope = RadioField("窓付き封筒", [InputRequired("封筒を選んでください。")], choices=offered(labels.ENVELOPES))
    seal = FileField(
        "公印の印影（PNG）",
        [Optional()],
        description="縦横がほぼ同じ画像を選んでください。発信者名の右に、21mm四方で印字されます。",
    )
    is_omitted = BooleanField("公印を省略する（登録した印影を消します）")

    def stationery(self, *, has_seal: bool) -> Stationery:
        """Return what was chosen; the form is valid."""
        keeps = has_seal and not self.is_omitted.data
        return Stationery((self.mark.data or "").strip(), Envelope(self.envelope.data), keeps, form_version())

    def picture(self) -> bytes:
        """Return the picture that was uploaded, if there is one."""
        return self.seal.data.read() if self.seal.data and not self.is_omitted.data else b""


@screen(blueprint, "/", roles=BOTH_SIDES)
def show() -> Any:
    """Show the letters of the office, and how it signs."""
    with house().reading(actor()) as work:
        now = letterheads.in_force(work)
    return _shown(LetterheadForm(formdata=None, data={"mark": now.mark, "envelope": now.envelope.value}))


def _shown(form: LetterheadForm) -> str:
    with house().reading(actor()) as work:
        return render_template(
            "wordings/listing.html",
            form=form,
            now=letterheads.in_force(work),
            kinds=wordings.kinds(work),
            may_change=wordings.may_change(work),
            side=PRINTED_SIDE // 4,
        )


@screen(blueprint, "/", roles=BOTH_SIDES, methods=["POST"])
def change() -> Any:
    """Set the mark, the envelope and the seal anew."""
    form = LetterheadForm()
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                wanted = form.stationery(has_seal=letterheads.in_force(work).has_seal)
                letterheads.change(work, wanted, seal=form.picture())
            flash("文書の設定を変更しました。これから作成する文書に使います。", "success")
            return redirect(url_for("letterheads.show"), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(form), 422


@screen(blueprint, "/seal.png", roles=BOTH_SIDES)
def seal() -> Response:
    """Hand the office its own seal, as it is printed."""
    with house().reading(actor()) as work:
        picture = stationery.letterhead(work).seal
    if not picture:
        raise NotFound("seal:none")
    return Response(picture, mimetype="image/png", headers={"Cache-Control": "no-store"})
