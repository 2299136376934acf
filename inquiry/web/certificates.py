"""The certificate that seals an insurer's letters: which one, until when, a new one, none (電子シール)."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf.file import FileField, FileRequired
from wtforms import PasswordField

from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.web.forms import Form, attach
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import certificates

blueprint = Blueprint("certificates", __name__, url_prefix="/seal")
OFFICER = (Role.OFFICER,)


class CertificateForm(Form):
    """電子シールの証明書."""

    file = FileField(
        "証明書のファイル（.p12・.pfx）",
        [FileRequired("証明書のファイルを選んでください。")],
        description="PKCS#12。秘密鍵を含みます。",
    )
    password = PasswordField("ファイルのパスワード", description="暗号化して保存し、文書を作成する時だけ使います。")


@screen(blueprint, "", roles=OFFICER)
def show() -> Any:
    """Show what seals the letters now, and the certificates so far."""
    return _shown(CertificateForm(formdata=None))


def _shown(form: CertificateForm) -> str:
    with house().reading(actor()) as work:
        shows = {
            "seal": certificates.seal_in_force(work, work.actor.insurer_id or ""),
            "own": certificates.own_certificates(work),
            "operators": work.house.seal,
            "may_change": work.actor.is_supervisor,
        }
        return render_template("certificates/show.html", form=form, **shows)


@screen(blueprint, "/add", roles=OFFICER, methods=["POST"])
def add() -> Any:
    """Take in a certificate."""
    form = CertificateForm()
    if not form.validate():
        return _shown(form), 422
    try:
        with house().work(actor(), form_key=form_key()) as work:
            certificates.add(work, form.file.data.read(), form.password.data or "")
    except InvalidValue as error:
        attach(form, error)
        return _shown(form), 422
    flash("証明書を登録しました。これから作成する文書に、電子シールが付きます。", "success")
    return redirect(url_for("certificates.show"), 303)


@screen(blueprint, "/<fingerprint>/end", roles=OFFICER, methods=["POST"])
def end(fingerprint: str) -> Any:
    """Stop sealing with a certificate."""
    with house().work(actor(), form_key=form_key()) as work:
        certificates.end(work, fingerprint)
    flash("証明書の使用をやめ、秘密鍵を消しました。発行済みの文書は、これからも確かめられます。", "success")
    return redirect(url_for("certificates.show"), 303)
