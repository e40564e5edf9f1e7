"""What is said of a list of references that could not be read whole."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.findings import Findings, name_lines
from articles.importing.parsed import ParsedReference


def report_references(
    empty: list[int], untitled: list[ParsedReference], findings: Findings
) -> None:
    """Tell of the empty entries, by their lines, and of those whose title is a guess."""
    if empty:
        many = ngettext(
            "%(count)d empty reference was dropped (%(lines)s).",
            "%(count)d empty references were dropped (%(lines)s).",
            len(empty),
        )
        findings.problem(
            "JUNK-1",
            "warning",
            many % {"count": len(empty), "lines": name_lines(empty)},
            _("Find them on the original page and add them."),
            field="references",
            heading="References",
            line=empty[0],
        )
    if untitled:
        many = ngettext(
            "The title of %(count)d reference could not be told (%(lines)s). The whole text was "
            "taken.",
            "The title of %(count)d references could not be told (%(lines)s). The whole text was "
            "taken.",
            len(untitled),
        )
        lines = name_lines([r.line for r in untitled])
        findings.guess(
            "references",
            many % {"count": len(untitled), "lines": lines},
            _("Check each title, and correct it from the source."),
            sentence=untitled[0].text,
            line=untitled[0].line,
        )
