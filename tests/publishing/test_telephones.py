"""Numbers to call: what is clearly one is a link, and no word is changed."""

import pytest
from bs4 import BeautifulSoup
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from publishing import telephones


@pytest.mark.parametrize(
    ("line", "called"),
    [
        ("112", ["112"]),
        ("999 or 112", ["999", "112"]),
        ("NHS 111 (24/7, in 2 minutes)", ["111"]),
        ("111, day and night.", ["111"]),
        ("+44 20 7946 0000 at once", ["+442079460000"]),
        ("+34\u00a091 123 45 67", ["+34911234567"]),
        (mark_safe('<span lang="es-419">112</span>'), ["112"]),
        # Not clearly, or not only, a number to call.
        ("your local emergency number", []),
        ("7, or 15 and 18, or 2000", []),
        ("0800 123 456, (020) 7946 0958, 0800.123.456, 020 795 0958", []),
        ("1-800-222-1222, +49 (0)30 19240, +44 020", []),
        ("116 117", []),
        ("100 mg, 250mg, 150%, 110 %, 100 days, 120 a 140, from 100 to 180", []),
        ("£150, A112, 112b, 999/112, 112: fire, 112-3, 3.112, 112.5", []),
        (mark_safe("020 <b>795</b> 0958, 020&nbsp;795&nbsp;0958, &#128; ٩٩٩"), []),
        (mark_safe('Call 112 <sup><a href="#ref-300">300</a></sup>'), []),
        ("112 <script>", ["112"]),
    ],
)
def test_only_what_is_clearly_a_number_to_call_is_a_link(line, called):
    linked = BeautifulSoup(telephones.linked(line), "html.parser")
    plain = BeautifulSoup(conditional_escape(line), "html.parser")
    assert linked.get_text() == plain.get_text()
    assert [a["href"] for a in linked.select("a[href^='tel:']")] == [f"tel:{n}" for n in called]
