"""Every form that changes something counts once, however often it is sent."""

import ast
import inspect
import io
import sys

from flask import Flask

from inquiry.web import screens
from tests.workflow.roster_table import row, table

# What changes nothing, may be done again, or is kept once by what it does: docs/decisions/0008 says why.
WITHOUT_KEY = {
    "account.login",
    "account.logout",
    "account.stay",
    "filing.autosave",
    "filing.insurers",
    "filing.municipalities",
    "filing.write",
    "following_up.check",
    "handing_over.receive",  # the first time is the receipt
    "inquiry.find",
    "letter_runs.numbers",
    "letter_runs.post",  # a letter is posted once
    "locking.hand_out",  # the same file comes again while its answer stands
    "matching_list.file",
    "own_entries.desk",  # in amendments' words: see below
    "own_entries.main_line",
    "reminding.run",  # a step is taken once
    "verifying.compare",
    "wordings.preview",
}


def takes_key(module, name, seen):
    """Say whether a view, or what it calls in its own module, asks for the form's key."""
    functions = {
        each.name: each for each in ast.parse(inspect.getsource(module)).body if isinstance(each, ast.FunctionDef)
    }
    if name not in functions or name in seen:
        return False
    seen.add(name)
    named = {each.id for each in ast.walk(functions[name]) if isinstance(each, ast.Name)}
    return bool(named & {"form_key", "act", "act_on_call"}) or any(
        takes_key(module, each, seen) for each in sorted(named)
    )


def test_every_screen_that_takes_a_form_takes_its_key_or_is_named_here():
    app = Flask("inquiry")
    screens.hang(app)
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    views = {endpoint: app.view_functions[endpoint] for endpoint in posted}
    without = {
        name for name, view in views.items() if not takes_key(sys.modules[view.__module__], view.__name__, set())
    }
    assert without == WITHOUT_KEY


def twice(visitor, path, action, **typed):
    """Send one form two times, as an impatient hand does without JavaScript."""
    page = visitor.open(path)
    form = page.form(action)
    values = {**dict(form.form_values()), **typed}
    return [
        visitor.client.post(action, data={**values, **_opened(values)}, content_type="multipart/form-data")
        for _ in range(2)
    ]


def _opened(values):
    return {name: (io.BytesIO(value[0]), value[1]) for name, value in values.items() if isinstance(value, tuple)}


def accepted_before(visitor, response):
    return response.status_code == 303 and "すでに受け付けています" in visitor.open(response.location).text


def test_a_roster_that_is_sent_twice_is_loaded_once(client_as):
    officer = client_as("officer")
    file = (table(row("1001")), "roster.csv")
    first, second = twice(officer, "/rosters", "/rosters/load", kind="whole", file=file)
    assert "/rosters/imports/" in first.location
    assert accepted_before(officer, second)
    assert officer.open("/rosters").text.count("roster.csv") <= 1


def test_settings_that_are_sent_twice_are_set_once(client_as):
    clerk = client_as("clerk")
    _first, second = twice(clerk, "/account/settings", "/account/settings")
    assert accepted_before(clerk, second)


def test_a_draft_thrown_away_twice_is_no_error(client_as):
    clerk = client_as("clerk")
    page = clerk.open("/filing")
    clerk.send(page, page.path, button="next=save", network_reference="A-0001")
    first, second = twice(clerk, "/desk", f"{page.path}/delete")
    assert first.status_code == 303
    assert accepted_before(clerk, second)
