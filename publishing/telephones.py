"""Numbers to call, made links for whoever reads on a phone; no word is changed.

A link to a wrong number is worse than none, so two forms alone become links: a number of three
digits that stands by itself, as emergency numbers do (“112”, “999 or 112”), and one in full with
its country, in groups (“+44 20 7946 0958”; ITU-T E.123). All else stays words.
"""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_S = "[ \u00a0\u202f]"
_COUNTED = (
    r"(?:[%°]|(?:µg|mcg|m?g|kg|ml|iu|ui|bpm"
    r"|h|hours?|min|minutes?|days?|weeks?|horas?|minutos?|días?|semanas?|to|a)\b)"
)
_NUMBER = re.compile(
    # After nothing, or a space that neither a digit nor a range stands before.
    rf"(?:(?<=\s)|(?<=[\"“«])|\A)(?<![0-9]{_S})(?<!\sto\s)(?<!\sa\s)"
    rf"(?:\+[1-9][0-9]{{0,2}}(?:{_S}[0-9]{{2,}}){{2,5}}|[0-9]{{3}})"
    # Before the end of a word, and neither a further group nor what it counts.
    rf"(?=[\s.,;!?)\"”»]|\Z)(?![.,][0-9]|{_S}(?:[0-9]|\([0-9]+\))|{_S}?{_COUNTED})",
    re.IGNORECASE,
)
_LINE = re.compile(r"(<span[^<>]*>)?([^<>]*)(</span>)?")


def linked(words: SafeString | str) -> SafeString:
    """Return a line as HTML with a ``tel:`` link round each number to call.

    A line that holds other tags than a span around it stays as it is.
    """
    html = conditional_escape(words)
    line = _LINE.fullmatch(html)
    if line is None:
        return html
    before, said, after = (part or "" for part in line.groups())
    return mark_safe(f"{before}{_NUMBER.sub(_link, said)}{after}")  # noqa: S308 - escaped above


def _link(found: re.Match[str]) -> str:
    number = re.sub("[^0-9+]", "", found[0])
    return f'<a class="call" href="tel:{number}">{found[0]}</a>'
