"""What is typed about a person stands in no address: proxies and browsers keep addresses, and nobody clears them."""

import pytest

NOT_TYPED = {"checkbox", "radio", "hidden", "submit"}
# Where officials of each role type into a search, beside the box in the head of every page.
SEARCHED = {
    "clerk": ("/desk", "/filing", "/batches", "/reminders", "/verify"),
    "officer": ("/queue", "/intake", "/matching", "/rosters", "/copies", "/letter-runs", "/mails", "/matching-rules"),
    "pmo": ("/contacts/", "/municipalities/", "/organisations/", "/difficulty/", "/overview/"),
    "auditor": ("/ledger/",),
}
# What a public list is searched for, a receipt number in the ledger, a check number that its QR code holds as well.
KEPT_IN_ADDRESS = {"/ledger/": {"number"}, "/verify": {"number"}}
OF_PUBLIC_LISTS = {"text", "name"}


def typed_in_address(page):
    """Return the text boxes of a page whose content its browser would write into an address."""
    forms = [form for form in page.tree.forms if (form.get("method") or "get").lower() == "get"]
    controls = [control for form in forms for control in form.xpath(".//input[@name] | .//textarea[@name]")]
    return {each.get("name") for each in controls if each.get("type", "text") not in NOT_TYPED}


@pytest.mark.parametrize("role", SEARCHED)
def test_only_names_and_numbers_of_public_lists_are_searched_for_by_address(client_as, role):
    visitor = client_as(role)
    for path in SEARCHED[role]:
        page = visitor.open(path)
        assert typed_in_address(page) <= (OF_PUBLIC_LISTS if role == "pmo" else KEPT_IN_ADDRESS.get(path, set())), path


def test_a_receipt_number_is_found_whatever_else_is_typed_stands_in_no_address(client_as, world):
    clerk = client_as("clerk")
    page = clerk.open("/desk")
    (form,) = [each for each in page.tree.forms if each.get("action") == "/inquiries/find"]
    assert form.method == "POST"
    values = {**dict(form.form_values()), "number": "髙橋　太郎"}
    refused = clerk.client.post("/inquiries/find", data=values)
    assert refused.status_code == 404
    assert "髙橋" not in refused.get_data(as_text=True)


def test_suggestions_are_asked_for_in_the_body_alone(client_as):
    assert client_as("clerk").client.get("/filing/insurers?q=みほん").status_code == 405
    assert client_as("officer").client.get("/filing/municipalities?q=千代田").status_code == 405
