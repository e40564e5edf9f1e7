"""Collects guesses and problems while a file is read."""

from django.utils.translation import gettext as _

from articles.importing.parsed import FileProblem, Guess, Place

QUOTE_LENGTH = 120


def quote(text: str) -> str:
    """The first sentence of a text, cut at a word after about 120 characters."""
    text = " ".join(text[: QUOTE_LENGTH * 4].split())
    for end in (". ", "? ", "! "):
        text = text.split(end)[0] + end.strip() if end in text else text
    if len(text) <= QUOTE_LENGTH:
        return text
    return text[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"


def name_lines(lines: list[int]) -> str:
    """Line numbers as people write them: "line 4", "lines 4 to 9", "lines 4, 8 and 11"."""
    lines = sorted(set(lines))
    if len(lines) == 1:
        return _("line %(n)d") % {"n": lines[0]}
    if len(lines) > 12 or (len(lines) > 2 and lines[-1] - lines[0] == len(lines) - 1):
        return _("lines %(first)d to %(last)d") % {"first": lines[0], "last": lines[-1]}
    some = ", ".join(map(str, lines[:-1]))
    return _("lines %(some)s and %(last)d") % {"some": some, "last": lines[-1]}


class Findings:
    """The guesses and problems of one file, in the order in which they were found."""

    def __init__(self) -> None:
        self.guesses: list[Guess] = []
        self.problems: list[FileProblem] = []

    def problem(
        self,
        id: str,
        level: str,
        message: str,
        hint: str,
        *,
        field: str = "",
        heading: str = "",
        sentence: str = "",
        line: int | None = None,
    ) -> None:
        place = Place(field, heading, quote(sentence))
        self.problems.append(FileProblem(id, level, message, hint, place, line))

    def guess(
        self,
        field: str,
        message: str,
        hint: str,
        *,
        heading: str = "",
        sentence: str = "",
        line: int | None = None,
    ) -> None:
        """Records a guess, and the GUESS-1 that stands until a person confirms it."""
        self.guesses.append(Guess(field, message, line, heading, quote(sentence)))
        self.problem(
            "GUESS-1",
            "error",
            message,
            hint,
            field=field,
            heading=heading,
            sentence=sentence,
            line=line,
        )

    def sorted_problems(self) -> tuple[FileProblem, ...]:
        """The problems in the order of their lines; those of no line come last."""
        return tuple(sorted(self.problems, key=lambda p: (p.line is None, p.line or 0)))
