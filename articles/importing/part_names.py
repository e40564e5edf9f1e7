"""Which part of an article a heading opens, and which lines belong to the page around it."""

import re
import unicodedata

CONTENTS, SUMMARY, KEY_POINTS, FAQ = "contents", "summary", "key_points", "faq"
REFERENCES, DISCLAIMER, RELATED, AUTHOR = "references", "disclaimer", "related", "author"
CONCLUSION = "conclusion"

NAMES = {
    CONTENTS: (
        "in this article|table of contents|contents|on this page|in this guide|jump to|toc"
        "|what's in this article|article contents|inhalt|inhaltsverzeichnis|sommaire|contenido|목차"
    ),
    SUMMARY: (
        "quick summary|summary|tl dr|tldr|at a glance|in brief|in short|the short answer"
        "|short answer|quick answer|abstract|zusammenfassung|en bref|résumé|resumen|요약"
    ),
    KEY_POINTS: (
        "key points|key takeaways|takeaways|key facts|highlights|main points|key messages"
        "|main takeaways|what to know|what you need to know|important points|das wichtigste"
        "|points clés|puntos clave|핵심 요약|핵심 포인트"
    ),
    FAQ: (
        "frequently asked questions|faqs?|f a q|common questions|questions and answers|q and a"
        "|q a|people also ask|your questions answered|häufige fragen|häufig gestellte fragen"
        "|questions fréquentes|foire aux questions|preguntas frecuentes|자주 묻는 질문"
    ),
    REFERENCES: (
        "references?|sources?|bibliography|works cited|citations?|cited sources|footnotes|endnotes"
        "|literature|literature cited|reference list|article sources|medical references"
        "|references and sources|sources and references|references and further reading"
        "|quellen|literatur|literaturverzeichnis|références|sources et références|referencias"
        "|bibliografía|참고 문헌|참고문헌"
    ),
    DISCLAIMER: (
        "medical disclaimer|disclaimer|health disclaimer|legal disclaimer|medical notice"
        "|important notice|about this information|medical advice disclaimer|haftungsausschluss"
        "|avertissement|avertissement médical|aviso médico|descargo de responsabilidad|면책 조항"
    ),
    RELATED: (
        "related articles?|related posts?|related content|related topics|related reading"
        "|related pages|you may also like|you might also like|read next|read more|more articles"
        "|more from us|recommended|recommended for you|keep reading|explore more"
    ),
    AUTHOR: (
        "about the authors?|about the reviewers?|author bio|comments|leave a (?:reply|comment)"
        "|join the conversation"
    ),
    CONCLUSION: (
        "conclusions?|final thoughts|the bottom line|bottom line|in conclusion|closing thoughts"
        "|fazit|마치며|결론"
    ),
}  # fmt: skip
PARTS = {part: re.compile(f"(?:{names})") for part, names in NAMES.items()}
# Names that may be followed by what the part is about: "FAQs about magnesium".
EXTENSIBLE = {
    FAQ: re.compile(r"(?:frequently asked questions|faqs?|common questions)(?: \S+){1,9}"),
    KEY_POINTS: re.compile(r"(?:key (?:points|takeaways|facts))(?: \S+){1,6}"),
    CONCLUSION: re.compile(
        r"(?:conclusion|final thoughts|the bottom line|bottom line)(?: \S+){1,16}"
    ),
}
NUMBERING = re.compile(
    r"^(?:(?:section|part|chapter)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[ivx]{1,4}[.)])\s+", re.I
)

FURNITURE = re.compile(
    r"skip to (?:main )?(?:content|navigation)|jump to (?:content|navigation|main content)"
    r"|advertisements?|ad|sponsored|promoted|menu|main menu|search|close|open menu|home|log ?in|sign ?in|sign ?up"
    r"|subscribe(?: now| today| to our newsletter)?|newsletter|join our newsletter"
    r"|sign up (?:for|to) (?:our|the) (?:free )?newsletter.{0,40}"
    r"|share|share this(?: article| page| post)?|share (?:on|via) \S+(?: share on \S+){0,5}|share .{0,12}tweet.{0,20}"
    r"|tweet|pin(?: it)?|facebook|twitter|linkedin|pinterest|whatsapp|instagram|youtube|email|print|copy link"
    r"|print this page|save|bookmark|follow us(?: on .{1,40})?|\d{1,6} (?:comments?|shares?|likes?|views?)"
    r"|back to top|top|go to top|previous|next|previous (?:article|post)|next (?:article|post)|read more|show more|learn more"
    r"|accept(?: all)?(?: cookies)?|reject(?: all)?(?: cookies)?|cookie (?:settings|policy|preferences)|manage (?:cookies|preferences)"
    r"|(?:we|this (?:web)?site) uses? cookies.{0,400}|by continuing .{0,80} cookies.{0,200}"
    r"|privacy policy|terms(?: of (?:use|service))?|contact us|all rights reserved"
    r"|(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?\d{4}.{0,120}|loading|listen to (?:this )?article"
    r"|[^.?!>›»]{1,40}(?: [>›»] [^.?!>›»]{1,60}){1,6}"
    r"|opens in (?:a )?new (?:tab|window)|image|photo|image source.{0,60}|was this (?:article |page )?helpful|yes no"
)
BYLINE = re.compile(
    r"(?:written|reviewed|medically reviewed|fact[- ]checked|edited|authored|posted|published|updated|last updated"
    r"|last reviewed|last medically reviewed|date published|date updated|updated on|published on)\b"
    r"(?: (?:on|by)\b|:|\s+\d|\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)).{0,160}"
    r"|by (?:dr\.? )?[a-z][\w'.-]+(?: [a-z][\w'.-]+){1,3}(?:,? (?:md|phd|rd|rdn|do|pharmd|rn|mph|ms|bsc|msc|mbbs)\.?){0,4}"
)
BETWEEN = re.compile(r"\s*[|•·]\s*|\s+[—–]\s+")
READING_TIME = re.compile(
    r"(?:(?:estimated )?reading time:? )?(?:about )?\d{1,3}(?:[-–]\d{1,3})? ?(?:-| )?(?:min|mins|minute|minutes)"
    r"(?: of)?(?: to)? ?(?:read|reading)?(?: time)?"
)
DATE_ALONE = re.compile(
    r"(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
)


def normalise(text: str) -> str:
    """A heading in lower case without numbering, punctuation and pictures."""
    text = NUMBERING.sub("", text.strip()[:200])
    text = text.casefold().replace("’", "'").replace("&", " and ")
    kept = [
        c if c.isalnum() or c in "'" or unicodedata.category(c)[0] == "M" else " " for c in text
    ]
    return " ".join("".join(kept).split())


def part_of(heading: str) -> str:
    """The part that a heading opens, or "" for a heading of the body."""
    if len(heading) > 140:
        return ""
    name = normalise(heading)
    for part, pattern in PARTS.items():
        if pattern.fullmatch(name):
            return part
    return next((part for part, rule in EXTENSIBLE.items() if rule.fullmatch(name)), "")


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
