"""A name that looks like another organisation's is seen; a number in it tells true organisations apart."""

import pytest

from inquiry.directory.like_names import are_alike

ALIKE = [
    ("みほん電機健康保険組合", "みほん 電機　健康保険組合"),
    ("ミホン健康保険組合", "ﾐﾎﾝ健康保険組合"),
    ("みほん髙島屋健康保険組合", "みほん高島屋健康保険組合"),
    ("みほん電機健康保険組合", "みほん電気健康保険組合"),
    ("エ業健康保険組合", "工業健康保険組合"),
]
APART = [
    ("みほん第一健康保険組合", "みほん第二健康保険組合"),
    ("みほん東健康保険組合", "みほん西健康保険組合"),
    ("甲組合", "乙組合"),
    ("みほん健康保険組合", "べつの健康保険組合連合"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_are_one_to_the_eye_are_alike(one, other):
    assert are_alike(one, other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_of_different_organisations_are_told_apart(one, other):
    assert not are_alike(one, other)
