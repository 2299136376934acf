"""Who may call what: every screen names its roles, and what names none stays shut (画面ごとの権限).

Decides   that an endpoint without roles answers only if it stands on `PUBLIC`.
"""

from collections.abc import Callable, Collection
from typing import Any, Final, TypeVar

from flask import Blueprint, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from inquiry.domain.parties import Role

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC: Final = frozenset(
    {
        "static",
        "account.login",
        "public.difficult_insurers",
        "public.difficult_insurers_changes",
        "public.difficult_insurers_csv",
        "public.difficult_insurers_edition",
        "public.difficult_insurers_json",
        "public.difficult_insurers_pdf",
        "shell.alive",
        "verifying.page",
        "verifying.scanned",
        "verifying.compare",
    }
)
# All that is open to somebody whose password was set by somebody else.
BEFORE_A_NEW_PASSWORD: Final = frozenset({"account.password", "account.logout", "account.stay"})
EVERYBODY: Final = frozenset({Role.CLERK, Role.OFFICER, Role.PMO_STAFF, Role.AUDITOR})


def screen(
    blueprint: Blueprint, rule: str, *, roles: Collection[Role], methods: Collection[str] = ("GET",)
) -> Callable[[View], View]:
    """Hang a view into a blueprint and name the roles that may call it."""

    def hang(view: View) -> View:
        view.roles = frozenset(roles)  # type: ignore[attr-defined]  # read by the wall below
        blueprint.add_url_rule(rule, view.__name__, view, methods=list(methods))
        return view

    return hang


def roles_of(endpoint: str) -> frozenset[Role] | None:
    """Return the roles that may call an endpoint, or None when it names none."""
    roles: frozenset[Role] | None = getattr(current_app.view_functions.get(endpoint), "roles", None)
    return roles


def guard_the_door() -> Any:
    """Let a request in, send it to the login page, or turn it away; runs before every view."""
    endpoint = request.endpoint
    if endpoint is None:
        # Nothing is behind such an address: Flask says so, or leads to its right spelling.
        return None
    if endpoint in PUBLIC:
        return None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # set by Flask-Login
    if current_user.must_change_password and endpoint not in BEFORE_A_NEW_PASSWORD:
        return redirect(url_for("account.password"), 303)
    roles = roles_of(endpoint)
    if roles is None or current_user.actor.role not in roles:
        raise Forbidden
    return None
