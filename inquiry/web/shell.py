"""The shell around every screen: house, door, headers, words, errors (画面の外枠).

Decides   which error becomes which status, once for all screens. Nothing personal reaches an error page or a log.
"""

import logging
import secrets
from typing import Any, Final

from flask import Blueprint, Flask, Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as WerkzeugResponse

from inquiry.domain.errors import (
    CallHeld,
    CallOver,
    Forbidden,
    InquiryError,
    InvalidValue,
    MyNumberFound,
    NotFound,
    Repeated,
    Superseded,
    TooOften,
)
from inquiry.web import account, dressing, screens
from inquiry.web.forms import typed_in_vain
from inquiry.web.messages import sentence
from inquiry.web.request_context import house, record_my_number
from inquiry.web.walls import guard_the_door
from inquiry.workflow.work import House

log = logging.getLogger(__name__)
blueprint = Blueprint("shell", __name__)

CONTENT_POLICY: Final = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STATUS: Final[tuple[tuple[type[InquiryError], int], ...]] = (
    (NotFound, 404),
    (Superseded, 409),
    (TooOften, 429),
    (Forbidden, 422),
    (InvalidValue, 422),
)


def furnish(app: Flask, opened: House) -> None:
    """Hang everything that every screen needs into the application."""
    app.extensions["house"] = opened
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(admit_a_roster)  # first: the next reads the form
    CSRFProtect(app)
    account.manager.init_app(app)
    app.before_request(guard_the_door)
    app.after_request(add_headers)
    app.register_error_handler(InquiryError, refused)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(HTTPException, turned_away)
    app.register_error_handler(Exception, broken)
    app.register_blueprint(blueprint)
    screens.hang(app)
    dressing.dress(app)


def admit_a_roster() -> None:
    """Let a file of people be larger than whatever else is sent, from whoever is logged in."""
    if request.endpoint == "rosters.load" and current_user.is_authenticated:
        request.max_content_length = current_app.config["ROSTER_UPLOAD_BYTES"]


def add_headers(response: Response) -> Response:
    """Add the security headers; what a person may see is never kept by a cache."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    return response


@blueprint.get("/alive")
def alive() -> str:
    """Answer a probe of the operator's; says nothing about anybody."""
    with house().reading():
        return "ok"


def refused(error: InquiryError) -> Any:
    """Turn a refusal into a page: what is the matter, and what to do next."""
    if isinstance(error, Repeated):
        return _first_outcome(error)
    if isinstance(error, MyNumberFound):
        record_my_number(error)
    status = next(number for kind, number in STATUS if isinstance(error, kind))
    by, event = (error.by, error.event) if isinstance(error, Superseded) else ("", "")
    shows: dict[str, Any] = {"sentence": sentence(error), "updated_by": by, "updated_event": dressing.step_label(event)}
    if isinstance(error, Superseded):
        shows["typed"] = typed_in_vain()
        shows["by_nobody"] = error.code != "superseded"
    if isinstance(error, (CallOver, CallHeld)):
        page = "call_over" if isinstance(error, CallOver) else "call_held"
        return _page(status, page=page, call=error, **shows), status
    if isinstance(error, TooOften):
        shows["retry_after_seconds"] = str(error.seconds)
    return _page(status, **shows), status


def _first_outcome(error: Repeated) -> WerkzeugResponse:
    flash("この操作は、すでに受け付けています。", "info")
    if error.outcome:
        return redirect(url_for("inquiry.show", inquiry_id=error.outcome), 303)
    return redirect(url_for("account.home"), 303)


def form_expired(_error: CSRFError) -> Any:
    """Say that the page is too old to be sent."""
    return _page(400), 400


def turned_away(error: HTTPException) -> Any:
    """Turn an HTTP error into a page in plain words."""
    if error.response is not None:
        return error.response
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if isinstance(error, RequestEntityTooLarge):
        request.form = ImmutableMultiDict()  # whoever read it for the page would be turned away again
    return _page(status, size_limit=f"{(request.max_content_length or 0) >> 20:,}MB"), status


def broken(error: Exception) -> Any:
    """Tell the reader that something of ours broke; the log gets the place, not the content."""
    error_id = g.setdefault("error_id", secrets.token_hex(4))
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    # The message of an unexpected error may quote what somebody typed, so only its class is written.
    log.error("error %s: %s at %s in %s", error_id, type(error).__name__, where, request.endpoint)
    return _page(500), 500


def _page(status: int, *, page: str = "", **shows: Any) -> str:
    error_id = g.setdefault("error_id", secrets.token_hex(4))
    known = status if status in dressing.ERROR_PAGES else (400 if status < 500 else 500)
    return render_template(f"errors/{page or known}.html", error_id=error_id, current_url="", **shows)
