"""How a reference is named in lists and headings."""

import pytest

from references.models import Reference

LONG = "Monthly treatment with a vitamin for the prevention of functional decline in people"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("", "bi2016"),
        ("A short one", "bi2016: A short one"),
        (LONG[:73] + ": randomised trial", f"bi2016: {LONG[:73]}…"),
        (LONG + " over 70", f"bi2016: {LONG[:76]}…"),
    ],
)
def test_a_title_is_cut_between_words_and_at_no_mark(title, named):
    assert str(Reference(key="bi2016", title=title)) == named
