"""What is searched for with GET: a My Number is looked for nowhere, shown nowhere, and the ledger learns of it."""

import pytest

from inquiry.store.ledger import entries

MY_NUMBER = "123456789018"

#  who         where
SEARCHES = [
    ("auditor", "/ledger/"),
    ("pmo", "/contacts/"),
    ("pmo", "/municipalities/"),
    ("pmo", "/organisations/"),
    ("", "/difficult-insurers"),
]


def searched(page):
    """Return the names of the fields of text by which a page searches."""
    fields = page.tree.xpath("//form[not(@method) or @method='get']//input[@type='text' or @type='search']/@name")
    assert fields, f"{page.path} has no search"
    return fields


@pytest.mark.parametrize(("who", "where"), SEARCHES)
def test_a_my_number_is_not_searched_for_nor_shown_again(client_as, anybody, world, who, where):
    visitor = client_as(who) if who else anybody
    for name in searched(visitor.open(where)):
        answer = visitor.client.get(where, query_string={name: MY_NUMBER})
        assert MY_NUMBER not in answer.get_data(as_text=True)
    with world.house.reading() as work:
        bodies = [bytes(entry.body) for entry in entries(work.session)]
    assert any(b"guard:blocked" in body for body in bodies) is bool(who)
