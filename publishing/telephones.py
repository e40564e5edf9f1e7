"""Numbers to call, made links for whoever reads on a phone; no word is changed.

Only what surely is one number becomes a link: one to a wrong number is worse than none. It is a
short number that stands alone (“112”, “999 or 112”, “999/112”), or a full one that begins with
“+” or “0”, whatever it is grouped with. Hours, dates, ranges, years and sums stay words.
"""

import re
from itertools import accumulate

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

LEAST, MOST = 2, 15
_FEWEST_ABROAD, _FEWEST_FULL, _MOST_FULL = 7, 8, 12
"""Digits of a number with a country's code, and of one that begins with a single 0."""

_S = "[ \u00a0\u202f]"
_H = "[-\u2011]"
# Whatever hangs together with digits is judged as a whole, so that no part of it is dialled.
_RUN = re.compile(
    rf"(?:\+[0-9]{{1,3}}{_S}?\([0-9]+\){_S}?(?=[0-9])|\([0-9]+\){_S}?(?=[0-9])|\+)?"
    rf"[0-9]+(?:(?:[.,:]|{_S}{{0,2}}[-\u2011–—/]{_S}{{0,2}}|{_S}{{1,4}})[0-9]+)*"
)
_ONE = r"(?:[1-9][0-9]{1,5}|0[0-9]{2})"
_SHORT = re.compile(_ONE)
_EITHER = re.compile(rf"[1-9][0-9]{{2,5}}(?:{_S}?/{_S}?[1-9][0-9]{{2,5}})+")  # not 24/7
_EUROPEAN = re.compile(rf"116{_S}[0-9]{{3}}")  # the harmonised ones, as “116 117”
_AMERICAN = re.compile(r"1([- ])[0-9]{3}\1[0-9]{3}\1[0-9]{4}")
_ABROAD = re.compile(
    rf"\+[1-9][0-9]*(?:(?:{_S}|{_H}|\.)?\([0-9]+\){_S}?[0-9]+)?(?:(?:{_S}|{_H}|\.)[0-9]{{2,}})*"
)
_BRACKETED = re.compile(rf"\(0[0-9]{{1,5}}\){_S}?[0-9]{{2,}}(?:(?:{_S}|{_H})[0-9]{{2,}})*")
_FULL = re.compile(rf"0[0-9]+(?:(?:{_S}[0-9]{{2,}})*|(?:{_H}[0-9]{{2,}})*|(?:\.[0-9]{{2,}})*)")
_HOURS = re.compile(rf"(?:[01][0-9]|2[0-4])[0-5][0-9]{_H}(?:[01][0-9]|2[0-4])[0-5][0-9]")
_DATE = re.compile(r"[0-9]{1,2}(.)[0-9]{1,2}\1(?:[0-9]{2}|[0-9]{4})")
_PAIRS = re.compile(r"[0-9]{2}(?:[^0-9][0-9]{2})+")
_TEN = 10
"""Digits of a number that is written in pairs; fewer are hours or a date."""

_TRUNK = re.compile(r"\(0\)")
_KEEPS_ITS_ZERO = re.compile(r"\+(?:39|378)(?![0-9])")
_ZERO_ABROAD = re.compile(r"\+[0-9]{1,3}[^0-9]{1,2}0(?!\))")

_TAG = re.compile(r"(<[^>]*>)")
_INLINE = re.compile(r"</?(?:b|strong|em|i|u|span|bdi|mark)\b")
# A part of a word, a sum, an hour; or an entity, for what is read is HTML.
_NOT_AFTER = re.compile(
    rf"[\w/#§+.,:)–—\u2011-]$|[£$€]\s?$|\d\)\s?$|\d\S{{0,4}}{_S}?[–—-]{_S}?$|\d&#?\w+;$"
)
_NOT_BEFORE = re.compile(
    r"[\w/:+(@–—\u2011-]|[.,]\w|\s?[°%£$€]|\s?\([0-9]+\)\s?[0-9]|\)\s?[0-9]|&#?\w+;\d"
)
_RANGE = r"(?:to|until|till|through|thru|a|al|hasta|a las)"
_ENDS_RANGE = re.compile(
    rf"(?:\d[\w.:]*\s{_RANGE}|\b(?:between|entre)\s[\d.:]+\s(?:and|y))\s$", re.IGNORECASE
)
_BEGINS_RANGE = re.compile(rf"\s{_RANGE}\s\d", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s?(?:h|hrs?|hours?|min|minutes?|days?|weeks?|months?|years?|times|people|degrees"
    r"|[ap]\.?m|o['’]clock|m?g|kg|ml|µg|mcg|iu|ui|%|°"
    r"|horas?|minutos?|días?|semanas?|mes(?:es)?|años?|veces|personas?|grados?)(?!\w)",
    re.IGNORECASE,
)
_MONTHS = "jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sep|oct|nov|dec|dic"
_TIME_OR_PLACE = re.compile(
    r"(?:\b(?:at|in|within|for|every|en|cada|from|by|since|after|before|until|till|between"
    r"|over|under|aged?|press"
    rf"|option|ext\.?|extension|room|floor|page|las|desde|hasta|entre|tras|opción|sala|planta"
    rf"|(?:{_MONTHS})\w*\.?)|\()\s?$",
    re.IGNORECASE,
)
_OF_A_MONTH = re.compile(rf"\s(?:(?:of|de)\s)?(?:{_MONTHS})\w*", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def linked(html: SafeString | str, least: int = LEAST) -> SafeString:
    """Return the HTML with a ``tel:`` link round each number of at least so many digits."""
    parts = _TAG.split(conditional_escape(html))
    # How deep in links each part stands: one can't hold another.
    depths = list(accumulate(_depth(part) for part in parts))
    # Judged as it is read, so that tags hide no neighbour: “020 <b>7946</b> 0958”.
    read = [_read(part, depth) for part, depth in zip(parts, depths, strict=True)]
    text, starts = "".join(read), accumulate(map(len, read), initial=0)
    calls = [call for found in _RUN.finditer(text) for call in _calls(found, text, least)]
    return mark_safe(  # noqa: S308 - what was HTML stays as it is
        "".join(
            part if depth or part.startswith("<") else _with_links(part, start, calls)
            for part, depth, start in zip(parts, depths, starts, strict=False)
        )
    )


def _depth(part: str) -> int:
    if part.startswith("</a"):
        return -1
    return int(re.match(r"<a\b", part) is not None)


def _read(part: str, depth: int) -> str:
    """Return what a part adds to the words; a line's end where others begin anew."""
    if part.startswith("<"):
        return "" if _INLINE.match(part) else "\n"
    return "\n" * bool(part) if depth else part


def _with_links(part: str, start: int, calls: list[tuple[int, int, str]]) -> str:
    pieces, done = [], 0
    for first, last, number in calls:
        if start <= first and last <= start + len(part):
            words = part[first - start : last - start]
            link = f'<a class="call" href="tel:{number}">{words}</a>'
            pieces += [part[done : first - start], link]
            done = last - start
    return "".join([*pieces, part[done:]])


def _calls(found: re.Match[str], text: str, least: int) -> list[tuple[int, int, str]]:
    """Return where in a text each number of a run of digits stands, and what it dials."""
    run, start = found[0], found.start()
    before, after = text[max(0, start - 40) : start], text[found.end() : found.end() + 40]
    if (
        _NOT_AFTER.search(before)
        or _NOT_BEFORE.match(after)
        or _COUNTED.match(after)
        or _ENDS_RANGE.search(before)
        or _BEGINS_RANGE.match(after)
    ):
        return []
    if _SHORT.fullmatch(run):
        is_number = len(run) >= least and not _is_date(run, before, after, text)
        return [(start, found.end(), run)] if is_number else []
    if _EITHER.fullmatch(run):
        each = list(re.finditer("[0-9]+", run))
        if any(_is_year(one[0]) for one in each):
            return []
        return [(start + one.start(), start + one.end(), one[0]) for one in each]
    number = _full(run)
    return [(start, found.end(), number)] if number else []


def _is_date(run: str, before: str, after: str, text: str) -> bool:
    """Say whether a short number may be a year, an hour or a day; alone it is none."""
    if text.strip() == run:
        return False
    if (len(run) in (2, 4) or run[0] == "0") and _TIME_OR_PLACE.search(before):
        return True
    return _is_year(run) or (len(run) == 2 and _OF_A_MONTH.match(after) is not None)


def _is_year(run: str) -> bool:
    return len(run) == 4 and _FIRST_YEAR <= int(run) <= _LAST_YEAR


def _full(run: str) -> str:
    """Return what a full number dials; "" if it may be another thing."""
    digits = re.sub("[^0-9]", "", run)
    if run.startswith("+"):
        doubtful = _ZERO_ABROAD.match(run) or (_TRUNK.search(run) and "(0)" not in run[:7])
        if _KEEPS_ITS_ZERO.match(run):
            doubtful = "(" in run
        number = "+" + re.sub("[^0-9]", "", _TRUNK.sub("", run))
        fits = _FEWEST_ABROAD < len(number) <= MOST + 1
        return number if _ABROAD.fullmatch(run) and fits and not doubtful else ""
    if _EUROPEAN.fullmatch(run) or _AMERICAN.fullmatch(run):
        return digits
    most = MOST if digits.startswith("00") else _MOST_FULL
    if not _FEWEST_FULL <= len(digits) <= most or _HOURS.fullmatch(run) or _DATE.fullmatch(run):
        return ""
    if _PAIRS.fullmatch(run) and len(digits) != _TEN:
        return ""
    return digits if _BRACKETED.fullmatch(run) or _FULL.fullmatch(run) else ""
