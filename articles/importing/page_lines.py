"""Lines of the page around an article: menus, sharing, cookies, bylines, reading times."""

import re

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
FURNITURE = re.compile(
    # Ways into and around the page.
    r"skip to (?:main )?(?:content|navigation)|jump to (?:content|navigation|main content)"
    r"|(?:open |main )?menu|search|close|home|log ?in|sign ?in|sign ?up|back to top|top|go to top"
    r"|previous(?: article| post)?|next(?: article| post)?|(?:read|show|learn) more|loading"
    r"|[^.?!>›»]{1,40}(?: [>›»] [^.?!>›»]{1,60}){1,6}|opens in (?:a )?new (?:tab|window)"
    # Selling and sharing.
    r"|advertisements?|ad|sponsored|promoted|subscribe(?: now| today| to our newsletter)?"
    r"|newsletter|join our newsletter|sign up (?:for|to) (?:our|the) (?:free )?newsletter.{0,40}"
    r"|share|share this(?: article| page| post)?|share (?:on|via) \S+(?: share on \S+){0,5}"
    r"|share .{0,12}tweet.{0,20}|tweet|pin(?: it)?|facebook|twitter|linkedin|pinterest|whatsapp"
    r"|instagram|youtube|email|print|copy link|print this page|save|bookmark"
    r"|follow us(?: on .{1,40})?|\d{1,6} (?:comments?|shares?|likes?|views?)"
    r"|was this (?:article |page )?helpful|yes no|listen to (?:this )?article"
    # Cookies and the law.
    r"|(?:accept|reject)(?: all)?(?: cookies)?|cookie (?:settings|policy|preferences)"
    r"|manage (?:cookies|preferences)|(?:we|this (?:web)?site) uses? cookies.{0,400}"
    r"|by continuing .{0,80} cookies.{0,200}|privacy policy|terms(?: of (?:use|service))?"
    r"|contact us|all rights reserved|(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?\d{4}.{0,120}"
    r"|image|photo|image source.{0,60}"
)
PERSON = r"(?:dr\.? )?[a-z][\w'.-]+(?: [a-z][\w'.-]+){1,3}"
CREDENTIALS = r"(?:,? (?:md|phd|rd|rdn|do|pharmd|rn|mph|ms|bsc|msc|mbbs)\.?){0,4}"
BYLINE = re.compile(
    r"(?:written|(?:medically )?reviewed|fact[- ]checked|edited|authored|posted|published"
    r"|(?:last )?updated|last (?:medically )?reviewed|date (?:published|updated))\b"
    rf"(?: (?:on|by)\b|:|\s+\d|\s+{MONTH}).{{0,160}}"
    rf"|by {PERSON}{CREDENTIALS}"
)
READING_TIME = re.compile(
    r"(?:(?:estimated )?reading time:? )?(?:about )?\d{1,3}(?:[-–]\d{1,3})?[ -]?min(?:ute)?s?"
    r"(?: of)?(?: to)? ?(?:read|reading)?(?: time)?"
)
DATE_ALONE = re.compile(
    rf"(?:\d{{1,2}} )?{MONTH}[a-z]{{0,6}}\.? (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
)
BETWEEN = re.compile(r"\s*[|•·]\s*|\s+[—–]\s+")


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page around an article: menus, sharing, cookies."""
    if len(text) > 500:
        return False
    line = " ".join(text.casefold().strip(" .!…:·|»«›‹→←↑↓>*").split())
    return bool(FURNITURE.fullmatch(line)) or (
        bool(text.strip()) and not any(map(str.isalnum, text))
    )


def is_byline(text: str) -> bool:
    """Whether a line says who wrote or reviewed, or when, and nothing else."""
    pieces = _pieces(text)
    return bool(pieces) and all(
        BYLINE.fullmatch(piece) or DATE_ALONE.fullmatch(piece) or _is_reading_time(piece)
        for piece in pieces
    )


def reading_time(text: str) -> str:
    """The reading time in a line such as "4 min read" or "By NAME · 4 min read", else ""."""
    pieces = _pieces(text)
    said = [piece for piece in pieces if _is_reading_time(piece)]
    return said[0] if said and (len(pieces) == 1 or is_byline(text)) else ""


def _pieces(text: str) -> list[str]:
    """The parts of a line about the article, in lower case; none where it is too long for one."""
    if len(text) > 250:
        return []
    line = " ".join(text.casefold().split())
    return [piece.strip(" .()") for piece in BETWEEN.split(line) if piece.strip(" .()|•·")]


def _is_reading_time(piece: str) -> bool:
    return bool(READING_TIME.fullmatch(piece)) and "read" in piece
