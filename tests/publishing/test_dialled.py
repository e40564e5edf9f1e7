"""Numbers of a telephone in the site's own lines are one press away."""

import pytest
from bs4 import BeautifulSoup
from django.utils.safestring import mark_safe

from publishing.templatetags.languages import dialled


@pytest.mark.parametrize(
    ("words", "dials"),
    [
        ("999 or 112", ["999", "112"]),
        ("NHS 111 (24/7, in 2 minutes)", ["111"]),
        ("+44 20 7946-0000", ["+442079460000"]),
        ("your local emergency number", []),
        ("a1234 and 5/1234/6", []),
        (mark_safe('<span lang="es-419">112</span>'), ["112"]),
        ("<b>112</b>", ["112"]),
    ],
)
def test_numbers_are_links_that_dial_them_and_all_words_stay(words, dials):
    made = dialled(words)
    page = BeautifulSoup(made, "html.parser")

    assert [a["href"] for a in page.select("a")] == [f"tel:{each}" for each in dials]
    assert page.b is None
    plain = BeautifulSoup(words, "html.parser").get_text() if "span" in words else words
    assert page.get_text() == plain
