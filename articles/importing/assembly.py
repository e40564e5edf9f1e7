"""Puts the parts of a file together into a ParsedArticle."""

from copy import deepcopy

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.blocks import (
    Block,
    Source,
    make,
    move_content,
    plain_text,
    to_html,
)
from articles.importing.citations import Citer
from articles.importing.comparison import take_comparison
from articles.importing.findings import Findings, name_lines
from articles.importing.headings import settle_levels
from articles.importing.key_points import read_key_points
from articles.importing.leftovers import report_empty_sections, report_leftovers
from articles.importing.links import drop_dead_links, link_addresses, links_in
from articles.importing.parsed import (
    ParsedArticle,
    ParsedLink,
    ParsedQuestion,
    UnreadableFile,
)
from articles.importing.questions import Exchange, read_questions
from articles.importing.reference_lines import ReferenceList, read_references
from articles.importing.sections import Parts, split
from articles.importing.titles import guess_title, take_title

FEWEST_WORDS = 40
FEWEST_WORDS_UNDER_TITLE = 8
CITED_FIELDS = ("body", "summary", "key_points", "faq", "disclaimer")
FIELD_NAMES = {"summary": "quick_summary", "faq": "questions"}


def assemble(source: Source, filename: str) -> ParsedArticle:
    """The article in the blocks of a file. Raises UnreadableFile where there is none."""
    findings = source.findings
    title = take_title(source)
    _refuse_no_article(source, title)
    title = title or guess_title(source, filename)
    parts = split(source)
    listed = _rewrite(parts, findings)
    lead = _take_lead(parts)
    _report_lost_links([*lead, *parts.summary, *parts.key_points, *parts.disclaimer], findings)
    report_leftovers(lead, "lead", findings)
    points, summary = _points_and_summary(parts, source)
    _as_body(parts)
    settle_levels(source, parts.body, title, parts.contents)
    comparison = take_comparison(parts.body, title, findings)
    report_empty_sections(parts.body, findings)
    exchanges = read_questions(parts.faq, findings)
    questions = _questions(exchanges, findings)
    _report_left_out(parts, findings)
    for field in CITED_FIELDS:
        report_leftovers(getattr(parts, field), FIELD_NAMES.get(field, field), findings)
    return ParsedArticle(
        title=title,
        slug_hint=source.slug,
        lead=lead[0].text if lead else "",
        quick_summary=summary,
        reading_time=parts.reading_time,
        key_points=points,
        body="\n".join(to_html(block.element) for block in parts.body),
        questions=questions,
        comparison=comparison,
        references=tuple(listed.references),
        disclaimer="\n\n".join(filter(None, (b.text for b in parts.disclaimer))),
        links=_links(parts.body, exchanges),
        guesses=tuple(findings.guesses),
        problems=findings.sorted_problems(),
        language=source.language,
        empty_references=listed.empty,
    )


def count_words(text: str) -> int:
    """Words of a text; in scripts without spaces two letters count as a word."""
    words = text.split()
    return sum(
        max(1, len(word) // 2) if not word.isascii() and len(word) > 8 else 1 for word in words
    )


def _refuse_no_article(source: Source, title: str) -> None:
    running = source.blocks
    if not source.levels_stated:
        running = [b for b in running if b.kind == "paragraph"]
    words = sum(count_words(block.text) for block in running)
    if words >= FEWEST_WORDS or (title and words >= FEWEST_WORDS_UNDER_TITLE):
        return
    if title:
        raise UnreadableFile(_("It is no article: there is next to no text under its title."))
    raise UnreadableFile(
        _("It is no article: it has no title and fewer than %(words)d words of text.")
        % {"words": FEWEST_WORDS}
    )


def _rewrite(parts: Parts, findings: Findings) -> ReferenceList:
    """Reads the references, then makes citations and links of what stands for them in the text."""
    listed = read_references(parts.references, findings)
    citer = Citer(listed, findings)
    for field in CITED_FIELDS:
        blocks = getattr(parts, field)
        citer.cite(blocks, FIELD_NAMES.get(field, field))
        for block in blocks:
            link_addresses(block)
            drop_dead_links(block.element)
    return listed


def _take_lead(parts: Parts) -> list[Block]:
    """The first paragraph, if it stands before the first heading of the body."""
    for index, block in enumerate(parts.body):
        if block.kind == "heading":
            break
        if block.kind == "paragraph":
            return [parts.body.pop(index)]
    return []


def _report_lost_links(blocks: list[Block], findings: Findings) -> None:
    """The parts that are plain text keep the words of a link, not its address."""
    lost = [link for block in blocks for link in links_in(block.element, block.line)]
    if lost:
        many = ngettext(
            "%(count)d link could not be kept (%(lines)s): the lead, the quick summary, key points "
            "and the disclaimer are plain text.",
            "%(count)d links could not be kept (%(lines)s): the lead, the quick summary, key "
            "points and the disclaimer are plain text.",
            len(lost),
        )
        findings.problem(
            "JUNK-1",
            "advice",
            many % {"count": len(lost), "lines": name_lines([link.line for link in lost])},
            _("Move the link into the body, or cite its source."),
            sentence=", ".join(f"{link.text} ({link.url})" for link in lost[:3]),
            line=lost[0].line,
        )


def _points_and_summary(parts: Parts, source: Source) -> tuple[tuple, str]:
    """Key points and quick summary; a list under “At a glance” is key points if there are none."""
    points = read_key_points(parts.key_points)
    summary = parts.summary
    listed = [b for b in summary if b.kind == "list"]
    if listed and not points:
        points = read_key_points(listed)
        summary = [b for b in summary if b.kind != "list"]
    text = " ".join(filter(None, (block.text for block in summary)))
    return points, text or source.description


def _as_body(parts: Parts) -> None:
    """Makes every block of the body one that a body may hold."""
    kept: list[Block] = []
    for block in parts.body:
        if block.kind == "term":
            strong = make("strong")
            move_content(block.element, strong)
            for inner in list(strong.iter("strong")):
                if inner is not strong:
                    inner.tag = "em"
            block = Block("paragraph", make("p", "", block.line, strong), block.line)
        if block.kind == "list":
            for item in list(block.element.iter("li")):
                if not plain_text(item):
                    item.getparent().remove(item)
        if block.kind != "end" and plain_text(block.element):
            kept.append(block)
    parts.body = kept


def _links(body: list[Block], exchanges: list[Exchange]) -> tuple[ParsedLink, ...]:
    links = [link for block in body for link in links_in(block.element, block.line)]
    for exchange in exchanges:
        for element in exchange.answer:
            links.extend(links_in(element, exchange.line))
    return tuple(links)


def _questions(exchanges: list[Exchange], findings: Findings) -> tuple[ParsedQuestion, ...]:
    found = []
    for number, exchange in enumerate(exchanges, start=1):
        text = " ".join(plain_text(element) for element in exchange.answer)
        if not exchange.question:
            findings.problem(
                "FAQ-1",
                "error",
                _("Answer %(number)d has no question.") % {"number": number},
                _("Type the question that it answers."),
                field="questions",
                heading="Frequently asked questions",
                sentence=text,
                line=exchange.line,
            )
        elif not text:
            findings.problem(
                "FAQ-1",
                "error",
                _("Question %(number)d has no answer.") % {"number": number},
                _("Write its answer, or remove the question."),
                field="questions",
                heading="Frequently asked questions",
                sentence=exchange.question,
                line=exchange.line,
            )
        answer = "\n".join(to_html(deepcopy(element)) for element in exchange.answer)
        found.append(ParsedQuestion(exchange.question, answer, exchange.line))
    return tuple(found)


def _report_left_out(parts: Parts, findings: Findings) -> None:
    for name, blocks in parts.left_out.items():
        if blocks:
            findings.problem(
                "JUNK-1",
                "advice",
                _("“%(name)s” was left out (%(lines)s).")
                % {"name": name, "lines": name_lines([b.line for b in blocks])},
                _("Pick related pages by hand; authors come from the list of contributors."),
                sentence=blocks[0].text,
                line=blocks[0].line,
            )
    if parts.bylines:
        lines = name_lines([b.line for b in parts.bylines])
        findings.problem(
            "JUNK-1",
            "advice",
            _("A line on who wrote or reviewed the text, or when, was left out (%(lines)s).")
            % {"lines": lines},
            _("Choose the authors, and ask a reviewer to sign."),
            field="authors",
            sentence=parts.bylines[0].text,
            line=parts.bylines[0].line,
        )
