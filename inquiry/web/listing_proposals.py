"""Proposals on screen: what the rules propose, the insurer's objection, the decision (掲載・解除の提案)."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.directory.difficulty_rules import Direction
from inquiry.directory.insurers import InsurerKind
from inquiry.domain.errors import InvalidValue
from inquiry.domain.parties import Role
from inquiry.web import evidence, labels
from inquiry.web.forms import DateField, Form, attach, complete_day, offered
from inquiry.web.messages import sentence_for
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import difficulty, difficulty_rules, listing_proposals
from inquiry.workflow.listing_proposals import Decision, Outcome
from inquiry.workflow.work import Work

blueprint = Blueprint("listing_proposals", __name__, url_prefix="/difficulty/proposals")
PMO: Final = (Role.PMO_STAFF,)
OFFICER: Final = (Role.OFFICER,)


class ProposalForm(Form):
    """掲載・解除の提案."""

    reason = TextAreaField("提案の理由", [DataRequired("提案の理由を入力してください。"), Length(max=2000)])


class ObjectionForm(Form):
    """異議の申出."""

    text = TextAreaField("異議の内容", [DataRequired("異議の内容を入力してください。"), Length(max=4000)])


class ReplyForm(Form):
    """異議への回答."""

    text = TextAreaField("異議への回答", [DataRequired("異議への回答を入力してください。"), Length(max=4000)])


class DecisionForm(Form):
    """提案の決定."""

    outcome = RadioField(
        "決定",
        [DataRequired("決定を選んでください。")],
        choices=offered({Outcome.ADOPTED: "採用する（次の版の下書きに記載する）", Outcome.DROPPED: "採用しない"}),
        validate_choice=False,
    )
    on = DateField("掲載日、または掲載の最後の日", [complete_day])
    scope = RadioField("対象者範囲", choices=offered(labels.LISTING_SCOPES), validate_choice=False)
    category = RadioField("区分", choices=offered(labels.LISTING_CATEGORIES), validate_choice=False)
    reason = TextAreaField("決定の理由", [DataRequired("決定の理由を入力してください。"), Length(max=2000)])

    def decision(self) -> Decision:
        """Return what was decided; the form is valid."""
        return Decision(
            outcome=Outcome(self.outcome.data),
            reason=self.reason.data,
            on=self.on.day.as_date() if self.on.day else None,
            scope=Scope(self.scope.data or Scope.ALL),
            category=Category(self.category.data or Category.ATTACHMENTS_NEEDED),
        )


@screen(blueprint, "/", roles=PMO)
def listing() -> Any:
    """Show what the rules propose now, and every proposal."""
    with house().reading(actor()) as work:
        edition = difficulty_rules.in_force(work)
        return render_template(
            "listing_proposals/listing.html",
            suggestions=listing_proposals.suggestions(work, edition.rules),
            proposals=listing_proposals.every_proposal(work),
            edition=edition,
            rule_words=evidence.rule_words(edition.rules),
        )


@screen(blueprint, "/about/<insurer_id>", roles=PMO, methods=["GET", "POST"])
def begin(insurer_id: str) -> Any:
    """Propose to an insurer that it enter or leave the list, with the evidence as it is now."""
    form = ProposalForm()
    with house().reading(actor()) as work:
        insurer = difficulty.insurer_of(work, insurer_id)
        is_listed = listing_proposals.is_listed(work, insurer_id)
        edition = difficulty_rules.in_force(work)
        months = difficulty.months_of(work, insurer_id, number=listing_proposals.SHOWN_MONTHS)
    direction = Direction.LEAVE if is_listed else Direction.ENTER
    if form.validate_on_submit():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                opened = listing_proposals.open_proposal(work, insurer_id, direction, reason=form.reason.data)
            flash("提案しました。保険者の画面に表示されます。", "success")
            return redirect(url_for("listing_proposals.show", proposal_id=opened.id), 303)
        except InvalidValue as error:
            attach(form, error)
    page = render_template(
        "listing_proposals/begin.html", form=form, insurer=insurer, direction=direction, edition=edition,
        shown=evidence.shown(months, edition.rules), rule_words=evidence.rule_words(edition.rules),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@screen(blueprint, "/<proposal_id>", roles=(*PMO, *OFFICER))
def show(proposal_id: str) -> Any:
    """Show a proposal with its evidence, what was written to it, and what may be done."""
    return _shown(proposal_id)


def _shown(proposal_id: str, **bound: Form) -> str:
    # What was written is sealed, so whoever opens the page is recorded.
    with house().work(actor()) as work:
        found = listing_proposals.proposal_of(work, proposal_id)
        said = listing_proposals.read(work, found)
        hindrance = listing_proposals.why_undecidable(work, found)
        may_object = listing_proposals.may_object(work, found)
    return render_template(
        "listing_proposals/proposal.html",
        proposal=found,
        said=said,
        shown=evidence.shown(listing_proposals.months_of(found)),
        may_object=may_object and actor().role is Role.OFFICER,
        is_pmo=actor().role is Role.PMO_STAFF,
        hindrance=sentence_for(hindrance) if hindrance else "",
        objection_form=bound.get("objection") or ObjectionForm(formdata=None, prefix="objection"),
        reply_form=bound.get("reply") or ReplyForm(formdata=None, prefix="reply"),
        decision_form=bound.get("decision") or _decision_form(InsurerKind(found.insurer.kind)),
    )


def _decision_form(kind: InsurerKind) -> DecisionForm:
    scope = Scope.DEPENDANTS_ONLY if kind is InsurerKind.ASSOCIATION else Scope.ALL
    chosen = {"scope": scope.value, "category": Category.ATTACHMENTS_NEEDED.value}
    return DecisionForm(formdata=None, prefix="decision", data=chosen)


@screen(blueprint, "/<proposal_id>/object", roles=OFFICER, methods=["POST"])
def object_to(proposal_id: str) -> Any:
    """Write down the insurer's objection."""
    form = ObjectionForm(prefix="objection")

    def deed(work: Work) -> None:
        listing_proposals.object_to(work, proposal_id, text=form.text.data)

    return _done(proposal_id, form, deed, said="異議を申し出ました。ＰＭＯが回答します。", name="objection")


@screen(blueprint, "/<proposal_id>/agree", roles=OFFICER, methods=["POST"])
def agree(proposal_id: str) -> Any:
    """Write down that the insurer has no objection."""
    with house().work(actor(), form_key=form_key()) as work:
        listing_proposals.agree(work, proposal_id)
    flash("異議がないことをＰＭＯに伝えました。", "success")
    return redirect(url_for("listing_proposals.show", proposal_id=proposal_id), 303)


@screen(blueprint, "/<proposal_id>/reply", roles=PMO, methods=["POST"])
def reply(proposal_id: str) -> Any:
    """Answer the insurer's objection."""
    form = ReplyForm(prefix="reply")

    def deed(work: Work) -> None:
        listing_proposals.reply(work, proposal_id, text=form.text.data)

    return _done(proposal_id, form, deed, said="異議に回答しました。保険者の画面に表示されます。", name="reply")


@screen(blueprint, "/<proposal_id>/decide", roles=PMO, methods=["POST"])
def decide(proposal_id: str) -> Any:
    """Decide the proposal."""
    form = DecisionForm(prefix="decision")

    def deed(work: Work) -> None:
        listing_proposals.decide(work, proposal_id, form.decision())

    return _done(proposal_id, form, deed, said="提案について決定しました。", name="decision")


def _done(proposal_id: str, form: Form, deed: Callable[[Work], None], *, said: str, name: str) -> Any:
    if form.validate():
        try:
            with house().work(actor(), form_key=form_key()) as work:
                deed(work)
            flash(said, "success")
            return redirect(url_for("listing_proposals.show", proposal_id=proposal_id), 303)
        except InvalidValue as error:
            attach(form, error)
    return _shown(proposal_id, **{name: form}), 422
