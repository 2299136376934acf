"""STEP2 ④ on screen: which member is it (加入者情報の確認).

Source    memo annex STEP2 ④-⑤, 留意事項.
Decides   nothing: the roster, or what an officer attests, decides. No finding is chosen in advance on any form.
Not here  setting inquiry and member side by side: web/beside.py.
"""

from typing import Any, Final

from flask import Blueprint, request
from wtforms import Field, RadioField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inquiry.domain.errors import Forbidden, NotDisclosable
from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import Event, State, may
from inquiry.domain.parties import Role
from inquiry.domain.reply import Identifier
from inquiry.store.answering import Identification
from inquiry.web.beside import Beside, beside
from inquiry.web.forms import Form, chosen, offered
from inquiry.web.inquiry_page import Bound, Panel, UseCase, act, panel, shown, told
from inquiry.web.messages import sentence
from inquiry.web.request_context import form_key
from inquiry.web.walls import screen
from inquiry.workflow import identifying, near_misses, rechecking, reconsidering, withholding
from inquiry.workflow.identifying import Attestation, Basis, Fact
from inquiry.workflow.viewing import Page
from inquiry.workflow.work import Work

blueprint = Blueprint("identifying", __name__, url_prefix="/inquiries/<inquiry_id>")
OFFICER = (Role.OFFICER,)

FINDINGS: Final = {
    Finding.ONE: "１人に特定しました",
    Finding.NONE: "該当者はいません",
    Finding.SEVERAL: "２人以上が該当しました",
}
BASES: Final = {
    Basis.ROSTER: "加入者名簿との照合",
    Basis.OFFICER: "加入者名簿の候補を担当者が確認",
    Basis.ATTESTED: "貴団体のシステムで担当者が確認",
}
FACTS: Final = {
    Fact.ADDRESS: "住所",
    Fact.INSURED_NUMBER: "記号・番号",
    Fact.COVER_DATES: "資格取得・喪失の時期",
    Fact.OTHER: "その他",
}
_IDENTIFYING: Final = "④ 加入者の確認"
EQUAL, DIFFERS = "equal", "differs"
VERDICTS: Final = [SelectChoice(EQUAL, "一致"), SelectChoice(DIFFERS, "不一致")]


class AttestedForm(Form):
    """What an officer compared: each of the three identifiers by itself."""

    name = RadioField("氏名（フリガナ）", [Optional()], choices=VERDICTS)
    birth_date = RadioField("生年月日", [Optional()], choices=VERDICTS)
    sex = RadioField("性別", [Optional()], choices=VERDICTS)

    def check_complete(self) -> None:
        """Refuse a comparison that leaves one of the three open; a validator's work.

        :raises ValidationError: with the sentence for the officer.
        """
        if not all(chosen(self[each.value]) for each in Identifier):
            raise ValidationError("氏名・生年月日・性別のそれぞれについて、一致か不一致かを選んでください。")

    def equal(self) -> frozenset[Identifier]:
        """Return the identifiers that were marked as equal."""
        return frozenset(each for each in Identifier if chosen(self[each.value]) == EQUAL)


class CandidateForm(AttestedForm):
    """要確認の候補を一致と認める."""

    member_id = RadioField(
        "確認した候補", [InputRequired("どの候補を確認したかを選んでください。")], validate_choice=False
    )
    reason = TextAreaField(
        "同じ人と判断した理由",
        [DataRequired("同じ人と判断した理由を入力してください。"), Length(max=1000)],
        description="例：原本で「髙」の字を確認した、住所が一致している",
        id="candidate-reason",
    )

    def validate_member_id(self, _field: Field) -> None:
        """Ask for all three identifiers beside the candidate."""
        self.check_complete()


class CorroborateForm(Form):
    """同姓同名の多い氏名の裏付け."""

    fact = RadioField("裏付けとした事項", [InputRequired("裏付けとした事項を選んでください。")], choices=offered(FACTS))
    reason = TextAreaField(
        "同じ人と判断した理由",
        [DataRequired("同じ人と判断した理由を入力してください。"), Length(max=1000)],
        description="例：貴団体のシステムの住所が、照会機関に電話で確かめた住所と一致した",
        id="corroborate-reason",
    )


class RejectForm(Form):
    """どの候補も、同姓同名の人も、照会の人ではない."""

    reason = TextAreaField(
        "別の人と判断した理由",
        [DataRequired("別の人と判断した理由を入力してください。"), Length(max=1000)],
        id="reject-reason",
    )


class SeveralForm(Form):
    """どの候補が照会の人かを決められない."""

    reason = TextAreaField(
        "決められない理由",
        [DataRequired("決められない理由を入力してください。"), Length(max=1000)],
        description="例：候補２の「●」の字を確かめられない",
        id="several-reason",
    )


class AttestForm(AttestedForm):
    """自システムで確認した結果."""

    finding = RadioField(
        "該当者の数",
        [InputRequired("該当者の数を選んでください。")],
        choices=[
            SelectChoice(Finding.ONE.value, "１人"),
            SelectChoice(Finding.NONE.value, "いない（該当者なし）"),
            SelectChoice(Finding.SEVERAL.value, "２人以上"),
        ],
    )
    number_registered = RadioField(
        "個人番号の登録（番号は入力しません）",
        [Optional()],
        choices=[SelectChoice("yes", "登録済"), SelectChoice("no", "登録なし・わからない")],
        description="登録済のときは、回答の後に副本の登録・更新（※5）をお知らせします。",
    )
    reason = TextAreaField("確認の記録", [Optional(), Length(max=1000)], id="attest-reason")

    def validate_finding(self, field: Field) -> None:
        """Ask for all three identifiers where one person is said to be found."""
        if field.data == Finding.ONE:
            self.check_complete()


class AgainForm(Form):
    """加入者の確認のやり直し."""

    reason = TextAreaField(
        "やり直す理由", [DataRequired("やり直す理由を入力してください。"), Length(max=1000)], id="again-reason"
    )


class NearMissForm(Form):
    """近い人の表示: a button alone; that it was pressed is what the panel needs to know."""


@panel(40)
def identify_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    """Show what the roster says, or ask what the officer saw; afterwards, what was found."""
    state, role = State(page.inquiry.state), work.actor.role
    if role is not Role.OFFICER:
        return None
    if may(state, Event.FIND_ONE, role):
        return _roster_panel(work, page, bound) if identifying.keeps_roster(work) else _attest_panel(bound)
    if may(state, Event.IDENTIFY_AGAIN, role):
        return _found_panel(work, page, bound)
    return None


def _roster_panel(work: Work, page: Page, bound: Bound) -> Panel:
    try:
        found = identifying.look_up(work, page.inquiry)
    except Forbidden as refusal:
        # What else may be done with the inquiry stands on the same page.
        return Panel(_IDENTIFYING, "identifying/unsearchable_panel.html", {"sentence": sentence(refusal)})
    candidates = [beside(page, candidate.comparisons, member) for candidate, member in found.candidates]
    form = bound.get(CandidateForm) or CandidateForm(formdata=None)
    form["member_id"].choices = [
        SelectChoice(candidate.member_id, f"候補{place}（加入者ID {candidate.member_id}）")
        for place, (candidate, _) in enumerate(found.candidates, 1)
    ]
    near, why_not = _near(work, page, bound)
    shows = {
        "seal": found.seal_of(page.inquiry),
        "finding": found.decision.finding,
        "namesakes": found.evidence.rules.namesakes_allowed if found.decision.is_common_name else None,
        "corroborate": bound.get(CorroborateForm) or CorroborateForm(formdata=None),
        "persons": len(candidates),
        "candidates": candidates,
        "chosen": None if found.decision.is_common_name else found.decision.member_id,
        "as_of": found.generation.as_of,
        "imported_at": found.generation.imported_at,
        "form": form,
        "reject": bound.get(RejectForm) or RejectForm(formdata=None),
        "several": (bound.get(SeveralForm) or SeveralForm(formdata=None)) if found.leaves_open_which else None,
        "near": near,
        "why_not": why_not,
        "left": near_misses.left(work, page.inquiry),
    }
    return Panel(_IDENTIFYING, "identifying/roster_panel.html", shows)


def _near(work: Work, page: Page, bound: Bound) -> tuple[list[Beside] | None, str]:
    """Return the people who are near where the button was pressed, or why they are not shown."""
    if NearMissForm not in bound:
        return None, ""
    try:
        near = near_misses.near_misses(work, page.inquiry)
    except Forbidden as error:
        return None, sentence(error)
    return [beside(page, person.comparisons, member) for person, member in near], ""


def _attest_panel(bound: Bound) -> Panel:
    form = bound.get(AttestForm) or AttestForm(formdata=None)
    return Panel(_IDENTIFYING, "identifying/attest_panel.html", {"form": form})


def _found_panel(work: Work, page: Page, bound: Bound) -> Panel | None:
    recorded = identifying.recorded(work, page.inquiry)
    if recorded is None:
        return None
    shows = {
        "recorded": recorded,
        "finding": FINDINGS[Finding(recorded.identification.finding)],
        "basis": BASES[Basis(recorded.identification.basis)],
        "fact": FACTS[Fact(recorded.identification.corroborated)] if recorded.identification.corroborated else "",
        "opening": withholding.opening(work, recorded.identification),
        "later": rechecking.brought(work, page.inquiry),
        "outdated": _why_outdated(work, page, recorded.identification),
        "again": bound.get(AgainForm) or AgainForm(formdata=None),
    }
    return Panel("④ 加入者の確認（結果）", "identifying/found_panel.html", shows)


def _why_outdated(work: Work, page: Page, found: Identification) -> str:
    try:
        reconsidering.check_current(work, page.inquiry, found)
    except NotDisclosable as refusal:
        return sentence(refusal)
    return ""


class IdentifyForm(Form):
    """名簿の判定の記録: a button alone."""


def _as_shown(use_case: UseCase) -> UseCase:
    """Return a use case that records what the officer saw on the page, or nothing."""

    def checked(work: Work, inquiry_id: str, version: int) -> object:
        identifying.check_as_shown(work, inquiry_id, version, request.form.get("seal", ""))
        return use_case(work, inquiry_id, version)

    return checked


_NEXT: Final = "加入者の確認の結果を記録しました。"


@screen(blueprint, "/identify", roles=OFFICER, methods=["POST"])
def identify(inquiry_id: str) -> Any:
    """Record what the roster decides."""
    return act(inquiry_id, IdentifyForm(), _as_shown(identifying.identify), done=told(_NEXT))


@screen(blueprint, "/corroborate", roles=OFFICER, methods=["POST"])
def corroborate(inquiry_id: str) -> Any:
    """Record the one person of a frequent name, with the fact that bears it out."""
    form = CorroborateForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        fact = Fact(chosen(form.fact))
        return identifying.identify_corroborated(work, wanted, version, fact=fact, reason=form.reason.data)

    return act(inquiry_id, form, _as_shown(use_case), done=told(_NEXT))


@screen(blueprint, "/near-misses", roles=OFFICER, methods=["POST"])
def show_near_misses(inquiry_id: str) -> Any:
    """Show people who differ in one identifier, for the officer's eyes; the looking is recorded."""
    return shown(inquiry_id, NearMissForm(), key=form_key())


@screen(blueprint, "/candidate", roles=OFFICER, methods=["POST"])
def confirm_candidate(inquiry_id: str) -> Any:
    """Record that a doubtful candidate is the person asked about, and why."""
    form = CandidateForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        attested = Attestation(Finding.ONE, form.equal(), reason=form.reason.data)
        member_id = chosen(form.member_id)
        return identifying.confirm_candidate(work, wanted, version, member_id=member_id, attested=attested)

    return act(inquiry_id, form, _as_shown(use_case), done=told(_NEXT))


@screen(blueprint, "/reject", roles=OFFICER, methods=["POST"])
def reject(inquiry_id: str) -> Any:
    """Record that none of the candidates is the person asked about, and why."""
    form = RejectForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        return identifying.reject_candidates(work, wanted, version, reason=form.reason.data)

    return act(inquiry_id, form, _as_shown(use_case), done=told(_NEXT))


@screen(blueprint, "/several", roles=OFFICER, methods=["POST"])
def find_several(inquiry_id: str) -> Any:
    """Record that it cannot be told which of the candidates is meant, and why."""
    form = SeveralForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        return identifying.find_several(work, wanted, version, reason=form.reason.data)

    done = told("「複数該当」として記録しました。資格取得・喪失の時期を市町村等に求めてください。")
    return act(inquiry_id, form, _as_shown(use_case), done=done)


@screen(blueprint, "/attest", roles=OFFICER, methods=["POST"])
def attest(inquiry_id: str) -> Any:
    """Record what the officer saw in the insurer's own system."""
    form = AttestForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        is_registered = chosen(form.number_registered) == "yes"
        finding = Finding(chosen(form.finding))
        equal = form.equal() if finding is Finding.ONE else frozenset()
        attested = Attestation(finding, equal, is_registered and finding is Finding.ONE, form.reason.data or "")
        return identifying.attest(work, wanted, version, attested)

    return act(inquiry_id, form, use_case, done=told(_NEXT))


@screen(blueprint, "/identify-again", roles=OFFICER, methods=["POST"])
def again(inquiry_id: str) -> Any:
    """Set the finding aside and look again."""
    form = AgainForm()

    def use_case(work: Work, wanted: str, version: int) -> object:
        return identifying.again(work, wanted, version, reason=form.reason.data)

    return act(inquiry_id, form, use_case, done=told("加入者の確認をやり直します。", "info"))
