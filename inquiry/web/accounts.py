"""Organisations and their accounts, in PMO staff's hands (組織と利用者)."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import ROLES_OF, OrganisationKind, Role
from inquiry.store.organisations import Account, Organisation
from inquiry.web import labels
from inquiry.web.forms import Form, QueryForm, attach, offered
from inquiry.web.paging import PER_PAGE, offset, paging
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import account_keeping, accounts
from inquiry.workflow.accounts import NewAccount
from inquiry.workflow.work import Work

blueprint = Blueprint("accounts", __name__, url_prefix="/organisations")
PMO: Final = (Role.PMO_STAFF,)
KINDS: Final = {kind: text for kind, text in labels.ORGANISATION_KINDS.items() if kind is not OrganisationKind.OPERATOR}


class SearchForm(QueryForm):
    """組織の検索."""

    text = StringField("名称")
    kind = SelectField("種別", choices=offered(KINDS, blank="すべて"))


@screen(blueprint, "/", roles=PMO)
def organisations() -> Any:
    """List the organisations."""
    form = SearchForm(request.args)
    with house().reading(actor()) as work:
        rows, total = account_keeping.found(
            work, form.text.data or "", kind=form.kind.data or "", limit=PER_PAGE, offset=offset()
        )
    return render_template("accounts/organisations.html", search=form, rows=rows, paging=paging(total))


@screen(blueprint, "/<organisation_id>", roles=PMO)
def organisation(organisation_id: str) -> Any:
    """Show an organisation and its people."""
    with house().reading(actor()) as work:
        office = account_keeping.office(work, organisation_id)
    return render_template("accounts/organisation.html", office=office, own=actor().account_id)


def _opened(use_case: Callable[[Work], Organisation]) -> Any:
    with house().work(actor(), form_key=form_key()) as work:
        opened = use_case(work).id
    flash("組織を登録しました。続けて利用者を追加してください。", "success")
    return redirect(url_for("accounts.organisation", organisation_id=opened), 303)


@screen(blueprint, "/of-municipality/<code>", roles=PMO, methods=["POST"])
def open_municipality(code: str) -> Any:
    """Open the organisation of a municipality of the directory."""
    return _opened(lambda work: accounts.add_municipality(work, code))


@screen(blueprint, "/of-insurer/<insurer_id>", roles=PMO, methods=["POST"])
def open_insurer(insurer_id: str) -> Any:
    """Open the organisation of an insurer of the contact list."""
    return _opened(lambda work: account_keeping.open_office_of_insurer(work, insurer_id))


class PmoForm(Form):
    """ＰＭＯの組織の登録."""

    name = StringField("組織の名称", [DataRequired("組織の名称を入力してください。"), Length(max=200)])


@screen(blueprint, "/new", roles=PMO, methods=["GET", "POST"])
def open_pmo() -> Any:
    """Open an organisation of PMO staff and auditors."""
    form = PmoForm()
    if form.validate_on_submit():
        try:
            return _opened(lambda work: account_keeping.open_pmo(work, form.name.data))
        except InvalidValue as error:
            attach(form, error)
    return render_template("accounts/open_pmo.html", form=form), 422 if form.is_submitted() else 200


class AccountForm(Form):
    """利用者の追加."""

    login_name = StringField(
        "ログインID",
        [DataRequired("ログインIDを入力してください。"), Length(max=100)],
        description="共用しないでください。",
    )
    display_name = StringField("氏名", [DataRequired("氏名を入力してください。"), Length(max=100)])
    section = StringField("所属", [Length(max=100)])
    role = SelectField("役割", [DataRequired("役割を選んでください。")], validate_choice=False)
    supervises = BooleanField(
        "責任者",
        description="医療保険者の担当者だけに付けます。責任者は、ほかの担当者が特定した不開示の記録を開けます。",
    )
    password = PasswordField(
        "最初のパスワード",
        [Length(max=256)],
        description="空にすると自動で作り、次の画面に一度だけ表示します。本人は最初のログインで変更します。",
    )

    def offer_roles(self, organisation: Organisation) -> None:
        """Offer the roles that fit the organisation."""
        fitting = sorted(ROLES_OF[OrganisationKind(organisation.kind)])
        self.role.choices = offered({role: labels.ROLES[role] for role in fitting})

    def new_account(self) -> NewAccount:
        """Return what was typed, with a fresh password where none was."""
        return NewAccount(
            login_name=self.login_name.data.strip(),
            display_name=self.display_name.data.strip(),
            section=(self.section.data or "").strip(),
            role=Role(self.role.data),
            supervises=self.supervises.data,
            password=self.password.data or account_keeping.first_password(self.login_name.data.strip()),
        )


@screen(blueprint, "/<organisation_id>/accounts/new", roles=PMO, methods=["GET", "POST"])
def add(organisation_id: str) -> Any:
    """Open an account; its first password is shown this once."""
    with house().reading(actor()) as work:
        office = account_keeping.office(work, organisation_id)
    form = AccountForm()
    form.offer_roles(office.organisation)
    if form.validate_on_submit():
        new = form.new_account()
        try:
            with house().work(actor(), form_key=form_key()) as work:
                opened = accounts.add_account(work, account_keeping.office(work, organisation_id).organisation, new)
            return _shown_once(opened, "" if form.password.data else new.password)
        except InvalidValue as error:
            attach(form, error)
    return render_template("accounts/add.html", form=form, office=office), 422 if form.is_submitted() else 200


def _shown_once(account: Account, password: str) -> str:
    return render_template("accounts/password.html", account=account, password=password)


@screen(blueprint, "/accounts/<account_id>/supervise", roles=PMO, methods=["POST"])
def supervise(account_id: str) -> Any:
    """Make an officer a supervisor, or no longer."""
    is_named = request.form.get("supervises") == "yes"
    with house().work(actor(), form_key=form_key()) as work:
        held = account_keeping.set_supervisor(work, account_id, is_on=is_named)
    flash("責任者にしました。" if is_named else "責任者から外しました。", "success")
    return redirect(url_for("accounts.organisation", organisation_id=held.organisation_id), 303)


@screen(blueprint, "/accounts/<account_id>/disable", roles=PMO, methods=["POST"])
def disable(account_id: str) -> Any:
    """Close an account; whoever uses it is out at once."""
    with house().work(actor(), form_key=form_key()) as work:
        closed = account_keeping.disable(work, account_id)
    flash("利用を停止しました。ログイン中の画面も使えなくなります。", "success")
    return redirect(url_for("accounts.organisation", organisation_id=closed.organisation_id), 303)


@screen(blueprint, "/accounts/<account_id>/enable", roles=PMO, methods=["POST"])
def enable(account_id: str) -> Any:
    """Open a closed account again, with a new password shown this once."""
    with house().work(actor(), form_key=form_key()) as work:
        opened, password = account_keeping.enable(work, account_id)
    return _shown_once(opened, password)


@screen(blueprint, "/accounts/<account_id>/password", roles=PMO, methods=["POST"])
def reset_password(account_id: str) -> Any:
    """Give an account a new password, shown this once."""
    with house().work(actor(), form_key=form_key()) as work:
        held, password = account_keeping.reset_password(work, account_id)
    return _shown_once(held, password)
