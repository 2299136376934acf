"""How many inquiries stand where; numbers only (照会の件数)."""

from typing import Any

from flask import Blueprint, render_template

from inquiry.domain.parties import Role
from inquiry.web import labels
from inquiry.web.request_context import actor, house
from inquiry.web.walls import screen
from inquiry.workflow import overview

blueprint = Blueprint("overview", __name__, url_prefix="/overview")


@screen(blueprint, "/", roles=(Role.PMO_STAFF,))
def counts() -> Any:
    """Count the inquiries of the whole country."""
    with house().reading(actor()) as work:
        counted = overview.counts(work)
    return render_template("overview/counts.html", counted=counted, states=labels.STATES)
