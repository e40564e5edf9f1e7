"""Reads an article file: from bytes to a ParsedArticle, without writing anything."""

from articles.importing.assembly import assemble
from articles.importing.blocks import Source
from articles.importing.decoding import MAX_BYTES, decode
from articles.importing.findings import Findings
from articles.importing.formats import detect
from articles.importing.markdown import read_markdown
from articles.importing.markup import read_html
from articles.importing.parsed import ParsedArticle, UnreadableFile
from articles.importing.plaintext import read_plain

__all__ = ["MAX_BYTES", "UnreadableFile", "read_article"]


def read_article(data: bytes, filename: str) -> ParsedArticle:
    """Reads a file of plain text, HTML or Markdown, told by its content and its suffix.

    Raises UnreadableFile for a file that is empty, binary, larger than MAX_BYTES, in an unknown
    encoding, or no article (no title and fewer than about 40 words; data of programs).
    """
    findings = Findings()
    text = decode(data, findings)
    return assemble(_read(text, detect(text, filename), findings), filename)


def _read(text: str, kind: str, findings: Findings) -> Source:
    if kind == "html":
        return read_html(text, findings)
    if kind in ("markdown", "mdx"):
        return read_markdown(text, findings, mdx=kind == "mdx")
    return read_plain(text, findings)
