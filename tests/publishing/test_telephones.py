"""Numbers to call: what is clearly one is a link, and no word is changed."""

import pytest
from bs4 import BeautifulSoup
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from publishing import telephones


def numbers(html, least=telephones.LEAST) -> list[str]:
    linked = BeautifulSoup(telephones.linked(html, least), "html.parser")
    plain = BeautifulSoup(conditional_escape(html), "html.parser")
    assert linked.get_text() == plain.get_text()
    return [a["href"].removeprefix("tel:") for a in linked.select("a[href^='tel:']")]


@pytest.mark.parametrize(
    ("line", "called"),
    [
        ("999 or 112", ["999", "112"]),
        ("15, 18", ["15", "18"]),
        ("111 (day and night)", ["111"]),
        ("+44 20 7946 0000", ["+442079460000"]),
        ("1-800-222-1222 at once", ["18002221222"]),
        ("0800\u00a0123 45 67.", ["08001234567"]),
        ("your local emergency number", []),
        ("(020) 7946 0958", ["02079460958"]),
        ("+49 (0)30 19240", ["+493019240"]),
        ("0800.123.456", ["0800123456"]),
        ("0800 123 456 (8:00-20:00)", ["0800123456"]),
        ("0800 1111, 111, 9-17", ["08001111", "111"]),
        ("01 42 34 56 78", ["0142345678"]),
        ("116 117 or 999/112", ["116117", "999", "112"]),
        ("2000", ["2000"]),
        ("<b>112</b> & 'co'", ["112"]),
        (mark_safe('<span lang="es-419">112</span>'), ["112"]),
        # Not clearly, or not only, a number to call.
        ("7", []),
        ("within 24 hours, 24/7, 24 h, in 15", []),
        ("9-17, 8:30, 8–18, 7.30 pm", []),
        ("£150, 50%, 38°, 20 mg", []),
        ("día y noche, 24 horas", []),
        ("A1120 or 112b, 5/1234/6", []),
        ("NHS 111 (24/7, in 2 minutes)", ["111"]),
        ("1234567890123456", []),
        ("+1", []),
        ("116 117 24-7, 0800 123 456 24/7, 0800 123 456 9 to 17", []),
        ("Since 2019, from 1000 to 1800, entre 10 y 18, 24 December, 24/12", []),
        ("01.02.2024, 08.00-20.00, 0900-1700, 08-12-13-18, 112: fire", []),
        ("0800 HELP, 999 112, 0800 123 456-7, +44 020 7946 0958, +39 (0)6 1234567", []),
        (mark_safe("020 <b>7946</b> 0958, 020&nbsp;7946&nbsp;0958, ٩٩٩"), []),
    ],
)
def test_only_what_is_clearly_a_number_to_call_is_a_link(line, called):
    assert numbers(line) == called


def test_in_signed_words_it_takes_three_digits_and_what_is_html_stays():
    assert numbers("After 15 or 38, call 111", 3) == ["111"]
    html = mark_safe('Call 112 <sup><a href="#ref-300">300</a></sup> &#128512; &#x27;911&#x27;')
    called = telephones.linked(html)
    assert BeautifulSoup(called, "html.parser").get_text() == "Call 112 300 😀 '911'"
    assert numbers(html) == ["112", "911"]
    assert '<a href="#ref-300">300</a>' in called
