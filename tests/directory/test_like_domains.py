"""A mail domain that looks like the true one is seen for what it is."""

import pytest

from inquiry.directory.like_domains import IMITATIONS, DomainLikeness, likeness_of

TRUE = "city.mihon.lg.jp"

#  domain                      how near it comes
LIKENESS = [
    ("city.mihon.lg.jp", DomainLikeness.SAME),
    ("mail.city.mihon.lg.jp", DomainLikeness.BELOW),
    ("city.mlhon.lg.jp", DomainLikeness.SAME_LOOK),
    ("city.rnihon.lg.jp", DomainLikeness.SAME_LOOK),
    ("city.mih0n.lg.jp", DomainLikeness.SAME_LOOK),
    ("city.mіhon.lg.jp", DomainLikeness.SAME_LOOK),  # Cyrillic і
    ("city.mihon.1g.jp", DomainLikeness.SAME_LOOK),
    ("city.mihan.lg.jp", DomainLikeness.ONE_LETTER),
    ("city.mihn.lg.jp", DomainLikeness.ONE_LETTER),
    ("city.mihoon.lg.jp", DomainLikeness.ONE_LETTER),
    ("city.mihno.lg.jp", DomainLikeness.ONE_LETTER),
    ("city.mihon.lg.jp.example.com", DomainLikeness.ADDED_LABEL),
    ("city-mihon-lg.jp", DomainLikeness.ADDED_LABEL),
    ("city.mihon.lg.jp-mail.com", DomainLikeness.ADDED_LABEL),
    ("town.betsu.lg.jp", DomainLikeness.OTHER),
    ("example.com", DomainLikeness.OTHER),
    ("", DomainLikeness.OTHER),
]


@pytest.mark.parametrize(("domain", "likeness"), LIKENESS)
def test_an_imitation_is_recognised(domain, likeness):
    assert likeness_of(domain, TRUE) is likeness


def test_what_lies_below_the_true_domain_is_no_imitation():
    assert not {DomainLikeness.SAME, DomainLikeness.BELOW, DomainLikeness.OTHER} & IMITATIONS
