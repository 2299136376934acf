"""What an office sets once and rarely changes, on one page (設定).

Decides   nothing: each setting has a page, a file and roles of its own.
"""

from typing import Any

from flask import Blueprint, render_template

from inquiry.web.navigation import SETTINGS, settings
from inquiry.web.request_context import actor
from inquiry.web.walls import screen

blueprint = Blueprint("settings", __name__, url_prefix="/settings")


@screen(blueprint, "", roles=tuple(SETTINGS))
def index() -> Any:
    """List what the office of whoever asks can set."""
    return render_template("settings/index.html", settings=settings(actor()))
