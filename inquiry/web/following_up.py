"""STEP2 ※5 on screen: registered copies to bring up to date after an answer (副本の登録・更新)."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from inquiry.domain.parties import Role
from inquiry.domain.table_text import write_table
from inquiry.store.answering import CopyRefresh
from inquiry.web.paging import PER_PAGE, offset, paging
from inquiry.web.request_context import actor, form_key, house
from inquiry.web.walls import screen
from inquiry.workflow import following_up
from inquiry.workflow.work import JST, Work

blueprint = Blueprint("following_up", __name__, url_prefix="/copies")
OFFICER = (Role.OFFICER,)


@screen(blueprint, "", roles=OFFICER)
def waiting() -> Any:
    """List what still has to be refreshed, the oldest first, with how it stands and what may be taken back."""
    with house().reading(actor()) as work:
        every = following_up.waiting(work)
        shown = every[offset() : offset() + PER_PAGE]
        return render_template(
            "following_up/waiting.html",
            refreshes=[
                (refresh, following_up.age_of(work, refresh), following_up.answered_by_another(refresh))
                for refresh in shown
            ],
            paging=paging(len(every)),
            statistics=following_up.statistics(work),
            bands=following_up.BANDS,
            done=following_up.done_lately(work)[:PER_PAGE],
            is_ticked=request.args.get("tick") == "page",
        )


@screen(blueprint, "/waiting.csv", roles=OFFICER)
def waiting_csv() -> Any:
    """Hand out what still has to be refreshed."""
    columns = ("受付番号", "回答日", "経過日数", "回答した保険者（合併前）")
    with house().reading(actor()) as work:
        rows = [dict(zip(columns, _cells(work, refresh), strict=True)) for refresh in following_up.waiting(work)]
    response = Response(write_table(rows, columns, numbers=(), encoding="utf-8-sig"), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="copies.csv")
    return response


def _cells(work: Work, refresh: CopyRefresh) -> tuple[str, str, str, str]:
    answered_on = refresh.created_at.astimezone(JST).date().isoformat()
    age, by = str(following_up.age_of(work, refresh)), following_up.answered_by_another(refresh)
    return refresh.inquiry.number, answered_on, age, by


@screen(blueprint, "/check", roles=OFFICER, methods=["POST"])
def check() -> Any:
    """Show once more what is about to be ticked off."""
    with house().reading(actor()) as work:
        chosen = following_up.chosen(work, _named())
    if not chosen:
        flash("済んだものが選ばれていません。登録・更新した照会を選んでください。", "error")
        return redirect(url_for("following_up.waiting"), 303)
    return render_template("following_up/check.html", chosen=chosen)


@screen(blueprint, "/done", roles=OFFICER, methods=["POST"])
def tick_off() -> Any:
    """Record that the copies ticked were registered or updated: all of them, or none."""
    return _each(following_up.tick_off, "副本の登録・更新{}件を済みにしました。「最近済みにしたもの」から戻せます。")


@screen(blueprint, "/taken-back", roles=OFFICER, methods=["POST"])
def take_back() -> Any:
    """Take back that the copies ticked were registered or updated."""
    return _each(following_up.take_back, "副本の登録・更新{}件を、済んでいないものに戻しました。")


def _each(use_case: Callable[[Work, str], object], done: str) -> Any:
    named = _named()
    if not named:
        flash("照会が選ばれていません。一覧から選んでください。", "error")
        return redirect(url_for("following_up.waiting"), 303)
    with house().work(actor(), form_key=form_key()) as work:
        for refresh_id in named:
            use_case(work, refresh_id)
    flash(done.format(len(named)), "success")
    return redirect(url_for("following_up.waiting"), 303)


def _named() -> list[str]:
    return list(dict.fromkeys(request.form.getlist("refresh")))
