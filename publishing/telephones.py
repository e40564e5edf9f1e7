"""Numbers to call, made links for whoever reads on a phone; no word is changed.

Only what is clearly such a number becomes one: a link to a wrong number is worse than none.
"""

import re
from itertools import accumulate

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

LEAST, MOST = 2, 15
_ABROAD = 7
"""Digits that a number with a country's code has at least."""

_GAP = "[ \u00a0\u202f\u2011-]"
_NUMBER = re.compile(rf"\+?\d+(?:{_GAP}\d+)*")
_TAG = re.compile(r"(<[^>]*>)")
# A date, a time, a price, a part of a word; or an entity, for what is read is HTML.
_NOT_AFTER = re.compile(r"[\w/#£$€–—]$|\d[.:,]$|\d\)\s?$")
_NOT_BEFORE = re.compile(r"[\w/°%–—]|[.:,]\d|\s?\(\d+\)\s?\d|\)\s?\d")
_SHORT = re.compile(r"\d{1,2}-\d{1,2}")
_COUNTED = re.compile(
    r"\s?(?:h|hrs?|hours?|min|minutes?|days?|weeks?|months?|years?|times|people|degrees"
    r"|[ap]\.?m|m?g|kg|ml|µg|mcg|iu|ui|%|°"
    r"|horas?|minutos?|días?|semanas?|mes(?:es)?|años?|veces|personas?|grados?)(?!\w)",
    re.IGNORECASE,
)


def linked(html: SafeString | str, least: int = LEAST) -> SafeString:
    """Return the HTML with a ``tel:`` link round each number of at least so many digits."""
    parts = _TAG.split(conditional_escape(html))
    # How deep in links each part stands: one can't hold another.
    depths = accumulate(_depth(part) for part in parts)
    return mark_safe(  # noqa: S308 - what was HTML stays as it is
        "".join(
            part if depth or part.startswith("<") else _linked(part, least)
            for part, depth in zip(parts, depths, strict=True)
        )
    )


def _depth(part: str) -> int:
    if part.startswith("</a"):
        return -1
    return int(re.match(r"<a\b", part) is not None)


def _linked(text: str, least: int) -> str:
    def link(found: re.Match[str]) -> str:
        number = found[0]
        digits = re.sub(r"\D", "", number)
        most_likely = (
            (_ABROAD if number.startswith("+") else least) <= len(digits) <= MOST
            and not _SHORT.fullmatch(number)
            and not _NOT_AFTER.search(text[: found.start()])
            and not _NOT_BEFORE.match(text[found.end() :])
            and not _COUNTED.match(text[found.end() :])
        )
        if not most_likely:
            return number
        plus = "+" if number.startswith("+") else ""
        return f'<a class="call" href="tel:{plus}{digits}">{number}</a>'

    return _NUMBER.sub(link, text)
