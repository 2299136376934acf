"""Every screen is walled: it names its roles, or stands on the public list; and the wall holds over HTTP."""

import uuid

import pytest

from inquiry.domain.parties import Role
from inquiry.web.walls import EVERYBODY, PUBLIC
from tests.web.stages import filed

ANY_ID = str(uuid.UUID(int=0))
PEOPLE = {"clerk": Role.CLERK, "officer": Role.OFFICER, "pmo": Role.PMO_STAFF, "auditor": Role.AUDITOR}
CLERK, OFFICER, PMO, AUDITOR = ({role} for role in PEOPLE.values())

#  blueprint of the step      who may call anything of it at most
MATRIX = {
    "account": set(EVERYBODY),
    "inquiry": CLERK | OFFICER,
    "filing": CLERK | OFFICER,
    "desk": CLERK,
    "queue": OFFICER,
    "confirming": OFFICER,
    "identifying": OFFICER,
    "clarifying": CLERK | OFFICER,
    "answering": OFFICER,
    "calling": OFFICER,
    "certificates": OFFICER,
    "settings": CLERK | OFFICER | PMO,
    "locking": OFFICER,
    "mailing": OFFICER,
    "mails": OFFICER | PMO,
    "lettering": OFFICER,
    "letterheads": CLERK | OFFICER,
    "wordings": CLERK | OFFICER,
    "writing": CLERK | OFFICER,
    "letter_runs": OFFICER,
    "bulk": OFFICER,
    "following_up": OFFICER,
    "rosters": OFFICER,
    "matching_rules": OFFICER,
    "matching_list": OFFICER,
    "later_findings": OFFICER,
    "withholding": OFFICER,
    "settling": CLERK | OFFICER,
    "correcting": CLERK | OFFICER,
    "four_eyes": OFFICER,
    "file_settings": OFFICER,
    "file_templates": OFFICER,
    "timetables": OFFICER | PMO,
    "corresponding": CLERK,
    "delivering": OFFICER,
    "handing_over": CLERK | OFFICER,
    "joining": CLERK | OFFICER,
    "reminding": CLERK | OFFICER | PMO,
    "batches": CLERK,
    "outages": CLERK | OFFICER | PMO | AUDITOR,
    "escalating": CLERK,
    "escalation_rules": PMO,
    "pressing": CLERK | OFFICER | PMO,
    "contacts": PMO,
    "contact_files": PMO,
    "insurer_changes": PMO,
    "difficult_insurers": PMO,
    "difficulty": PMO | OFFICER,
    "difficulty_rules": PMO,
    "listing_proposals": PMO | OFFICER,
    "municipalities": PMO,
    "additions": PMO | OFFICER,
    "amendments": PMO,
    "number_reports": CLERK | OFFICER | PMO,
    "own_entries": CLERK | OFFICER,
    "accounts": PMO,
    "overview": PMO,
    "suspicions": PMO,
    "ledger": AUDITOR,
}


def endpoints(app):
    return sorted({rule.endpoint for rule in app.url_map.iter_rules()})


def readable(app):
    """Yield each address that can be read, with any id in its place."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint not in PUBLIC:
            values = {name: 1 if name == "version" else ANY_ID for name in rule.arguments}
            yield rule.endpoint, adapter.build(rule.endpoint, values, method="GET")


def roles_of(app, endpoint):
    return getattr(app.view_functions[endpoint], "roles", None)


def test_every_endpoint_names_its_roles_or_is_public(app):
    assert [name for name in endpoints(app) if name not in PUBLIC and not roles_of(app, name)] == []


def test_the_public_list_names_nothing_that_is_not_there(app):
    assert set(endpoints(app)) >= PUBLIC


def test_no_public_screen_is_about_an_inquiry(app):
    public = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint in PUBLIC]
    assert [rule for rule in public if "inquir" in rule or "filing" in rule] == []


def test_each_step_is_open_to_its_own_people_alone(app):
    for name in endpoints(app):
        blueprint = name.partition(".")[0]
        if name in PUBLIC:
            continue
        assert blueprint in MATRIX, f"{name} is in no row of the matrix"
        assert set(roles_of(app, name)) <= MATRIX[blueprint], name


def test_nobody_reads_anything_without_logging_in(app, anybody):
    for endpoint, address in readable(app):
        response = anybody.client.get(address)
        assert response.status_code == 302, endpoint
        assert response.location.startswith("/login"), endpoint


@pytest.mark.parametrize("name", PEOPLE)
def test_the_wall_turns_away_whoever_has_another_role(app, client_as, name):
    client = client_as(name).client
    for endpoint, address in readable(app):
        status = client.get(address).status_code
        is_theirs = PEOPLE[name] in roles_of(app, endpoint)
        assert (status != 403) is is_theirs, f"{endpoint}: {status}"


def test_a_municipality_sees_its_own_inquiries_and_an_insurer_those_addressed_to_it(client_as, world):
    inquiry_id = filed(world)
    #         who              what they get
    for name, status in (
        ("clerk", 200),
        ("officer", 200),
        ("other_clerk", 404),
        ("other_officer", 404),
        ("pmo", 403),
        ("auditor", 403),
    ):
        client_as(name).open(f"/inquiries/{inquiry_id}", status=status)
        client_as(name).open(f"/filing/sent/{inquiry_id}", status=status)


def test_somebody_elses_inquiry_cannot_be_changed(client_as, world):
    inquiry_id = filed(world)
    other = client_as("other_clerk")
    page = other.open("/account/settings")
    token = [pair for pair in page.form().form_values() if pair[0] in ("csrf_token", "idempotency_key")]
    fields = [*token, ("version", "1"), ("withdraw-reason", "重複"), ("withdraw-is_sure", "y")]
    other.post(f"/inquiries/{inquiry_id}/withdraw", fields, status=404)


def test_a_form_without_its_token_is_turned_away(client_as, world):
    inquiry_id = filed(world)
    client_as("clerk").post(f"/inquiries/{inquiry_id}/withdraw", [("withdraw-reason", "重複")], status=400)


def test_a_form_without_its_key_is_turned_away(client_as, world):
    inquiry_id = filed(world)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    form = page.form(f"{page.path}/withdraw")
    fields = [pair for pair in form.form_values() if pair[0] not in ("idempotency_key", "withdraw-reason")]
    fields += [("withdraw-is_sure", "y"), ("withdraw-reason", "重複")]
    clerk.post(f"/inquiries/{inquiry_id}/withdraw", fields, status=422)
