"""Which kind of file a text is: HTML, Markdown, plain text, or data that is no article."""

import csv
import json
import re
from pathlib import PurePath

from django.utils.translation import gettext as _

from articles.importing.parsed import UnreadableFile

HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdx", ".mdown", ".mkd"}
DATA_SUFFIXES = {".json": "JSON", ".csv": "CSV", ".tsv": "TSV", ".xml": "XML", ".yaml": "YAML"}

HTML_START = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
HTML_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|article|section|main|table)\b[^<>]{0,500}>", re.I
)
XML_START = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>", re.I)
MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.M)
MARKDOWN_SIGN = re.compile(
    r"^#{1,6}[ \t]+\S|^\S[^\n]{0,200}\n(?:={3,}|-{3,})[ \t]*$|\*\*[^*\n]{1,200}\*\*"
    r"|\]\((?:https?:|/|#)[^)\s]{1,500}\)|^\[\^?[^\]\n]{1,60}\]:[ \t]|^\|?[ \t]*:?-{3,}:?[ \t]*\|",
    re.M,
)
FRONT_MATTER = re.compile(r"\s*(?:---[ \t]*\n[ \t]*[\w-]+:|\+\+\+[ \t]*\n)")
ODD_BULLET = re.compile(r"^[ \t]*[•·‣●▪◦–][ \t]", re.M)


def detect(text: str, filename: str) -> str:
    """One of "html", "markdown", "mdx" and "plain", by content first and then by suffix.

    Raises UnreadableFile for JSON, XML and CSV.
    """
    suffix = PurePath(filename).suffix.lower()
    refuse_data(text, suffix)
    if suffix == ".mdx":
        return "mdx"
    if HTML_START.match(text) or XML_START.match(text):
        return "html"
    signs = len(MARKDOWN_SIGN.findall(text, 0, 200_000))
    if suffix in MARKDOWN_SUFFIXES:
        return "plain" if not signs and ODD_BULLET.search(text) else "markdown"
    tags = len(HTML_BLOCK.findall(text, 0, 200_000))
    if suffix in HTML_SUFFIXES:
        return "html" if tags or "<" in text else "plain"
    if FRONT_MATTER.match(text) or len(MARKDOWN_HEADING.findall(text, 0, 200_000)) >= 2:
        return "markdown"
    if tags >= 4:
        return "html"
    return "markdown" if signs >= 3 else "plain"


def refuse_data(text: str, suffix: str) -> None:
    """Raises UnreadableFile where the text is data that programs exchange, not an article."""
    kind = DATA_SUFFIXES.get(suffix, "")
    start = XML_START.match(text)
    if (
        not kind
        and start
        and not re.search(r"<html\b", text[start.end() : start.end() + 3000], re.I)
    ):
        kind = "XML"
    if not kind and re.match(r"\s*[{\[]", text) and _is_json(text):
        kind = "JSON"
    if not kind and _is_csv(text):
        kind = "CSV"
    if kind:
        raise UnreadableFile(
            _("It is no article: it holds %(kind)s data. Give a .txt, .html or .md file.")
            % {"kind": kind}
        )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_csv(text: str) -> bool:
    lines = [line for line in text[:20_000].split("\n")[:50] if line.strip()]
    if len(text) > 20_000 and lines:
        lines.pop()
    for separator in ",;\t":
        if len(lines) < 4 or any(separator not in line for line in lines):
            continue
        try:
            widths = {len(row) for row in csv.reader(lines, delimiter=separator)}
        except csv.Error:
            continue
        if len(widths) == 1 and widths.pop() >= 3:
            return True
    return False
