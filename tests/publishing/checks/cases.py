"""What is wrong with a Document and what the checks should say: one row a branch of a rule.

Each row spoils one thing of a Document of the factories, which itself has no such problem.
"""

from typing import Any, NamedTuple

from publishing.checks.problems import Gate, Level

SIGN, PUBLISH, BOTH, WRITE = (Gate.SIGN,), (Gate.PUBLISH,), (Gate.SIGN, Gate.PUBLISH), (Gate.WRITE,)
ERROR, WARNING, ADVICE = Level


class Case(NamedTuple):
    """``field`` and ``says`` are where the problem is and what its message holds."""

    id: str
    kind: str
    name: str
    spoilt: dict[str, Any]
    field: str
    says: str
    level: Level = ERROR
    gates: tuple[Gate, ...] = SIGN
    count: int = 1


def point(**fields) -> dict[str, Any]:
    return {"label": "P", "text": "It may help [@smith2020].", "kind": "fact", **fields}


def points(*rows: dict[str, Any]) -> dict[str, Any]:
    """Three key points at least: two sound ones beside those given."""
    return {"key_points": [*rows, point(), point()]}


EFFECT = {"kind": "effect", "certainty": "low", "graded_by": "us"}
SENTENCE = "Muscles need magnesium to work well and people who lack it may feel weak. "
LONG = (SENTENCE * 4).strip()
LIMIT = {
    "label": "Upper limit",
    "kind": "upper",
    "value": "350",
    "unit": "mg",
    "basis": "elemental",
    "population": "Adults",
    "authority": "US/Canada",
}
FORM = {"name": "Citrate", "absorption": "Good", "common_use": "No data", "side_effects": "None"}
HELP = {"level": "urgent", "contact": "A doctor", "signs": "Sudden weakness."}
GUESS = {"field": "body", "heading": "Forms", "message": "The table's columns were guessed."}


def body(html: str) -> dict[str, str]:
    return {"body": f"<h2>Text</h2>{html}"}


CASES = [
    Case(
        "REF-1",
        "article",
        "unknown key in the body",
        body("<p>A claim [@nobody1999].</p>"),
        "body",
        "[@nobody1999] is not in the library",
        gates=PUBLISH,
    ),
    Case(
        "REF-1",
        "article",
        "unknown key in a summary",
        {"quick_summary": "Yes [@nobody1999]."},
        "quick_summary",
        "[@nobody1999]",
        gates=PUBLISH,
    ),
    Case(
        "REF-1",
        "question",
        "unknown key in an answer",
        {"answer": "<p>Yes [@nobody1999].</p>"},
        "answer",
        "[@nobody1999]",
        gates=PUBLISH,
    ),
    Case(
        "REF-1",
        "supplement",
        "unknown key in a cell",
        {"forms": [{**FORM, "absorption": "Good [@nobody1999]"}]},
        "forms.1.absorption",
        "[@nobody1999]",
        gates=PUBLISH,
    ),
    Case(
        "REF-1",
        "disclaimer",
        "unknown key",
        {"body": "<p>So [@nobody1999].</p>"},
        "body",
        "[@nobody1999]",
        gates=PUBLISH,
    ),
    Case(
        "REF-2",
        "article",
        "fact without a source",
        points(point(text="Muscles need it.")),
        "key_points.1.text",
        "“P” has no source",
    ),
    Case(
        "REF-2",
        "article",
        "effect without a source",
        points(point(text="It may help.", **EFFECT)),
        "key_points.1.text",
        "has no source",
    ),
    Case(
        "REF-2",
        "supplement",
        "advice neither cited nor ours",
        points(point(text="Ask a doctor.", kind="advice")),
        "key_points.1.text",
        "has no source",
    ),
    Case(
        "REF-2",
        "article",
        "a fact cannot be our opinion",
        points(point(text="Muscles need it.", editorial=True)),
        "key_points.1.text",
        "has no source",
    ),
    Case(
        "REF-6",
        "article",
        "listed and never cited",
        {"further_references": ["spare2020"]},
        "further_references",
        "spare2020 is listed and never cited",
        ADVICE,
        WRITE,
    ),
    Case(
        "REF-6",
        "question",
        "listed and never cited",
        {"further_references": ["spare2020"]},
        "further_references",
        "spare2020",
        ADVICE,
        WRITE,
    ),
    Case(
        "EV-1",
        "article",
        "no certainty",
        points(point(kind="effect", graded_by="us")),
        "key_points.1.certainty",
        "“P” has no certainty",
    ),
    Case(
        "EV-1",
        "article",
        "not graded without a reason",
        points(point(**{**EFFECT, "certainty": "not_graded"}, study_design="One trial")),
        "key_points.1.certainty",
        "is not graded, and nothing says why",
    ),
    Case(
        "EV-1",
        "article",
        "not graded without a design",
        points(point(**{**EFFECT, "certainty": "not_graded"}, certainty_reason="Small")),
        "key_points.1.certainty",
        "is not graded, and nothing says why",
    ),
    Case(
        "EV-1",
        "supplement",
        "nobody graded it",
        points(point(**{**EFFECT, "graded_by": ""})),
        "key_points.1.certainty",
        "does not say who graded it",
    ),
    Case(
        "BAL-2",
        "article",
        "no get-help text",
        {"get_help": []},
        "get_help",
        "Nothing says when to get help",
    ),
    Case(
        "BAL-2",
        "supplement",
        "no get-help text",
        {"get_help": []},
        "get_help",
        "Nothing says when to get help",
    ),
    Case(
        "BAL-2",
        "article",
        "nobody to contact",
        {"get_help": [{**HELP, "contact": ""}]},
        "get_help.1",
        "number 1 is not complete",
    ),
    Case(
        "BAL-2",
        "article",
        "no signs",
        {"get_help": [HELP, {"level": "emergency", "contact": "999"}]},
        "get_help.2",
        "number 2 is not complete",
    ),
    Case(
        "SUM-1",
        "article",
        "too long",
        {"quick_summary": LONG},
        "quick_summary",
        "has 56 words; readers get at most 50",
        WARNING,
        WRITE,
    ),
    Case(
        "SUM-1",
        "supplement",
        "describes the page",
        {"quick_summary": "This page explains what magnesium does."},
        "quick_summary",
        "describes the page (“This page explain",
        WARNING,
        WRITE,
    ),
    Case(
        "CCI-1", "article", "no summary", {"quick_summary": ""}, "quick_summary", "no quick summary"
    ),
    Case(
        "CCI-1",
        "supplement",
        "no summary",
        {"quick_summary": ""},
        "quick_summary",
        "no quick summary",
    ),
    Case(
        "CCI-1",
        "article",
        "two key points",
        {"key_points": [point(), point()]},
        "key_points",
        "There are 2 key points; 3 to 7 are best",
        WARNING,
    ),
    Case(
        "CCI-1",
        "article",
        "one key point",
        {"key_points": [point()]},
        "key_points",
        "There is 1 key point; 3 to 7 are best",
        WARNING,
    ),
    Case(
        "CCI-1",
        "article",
        "eight key points",
        {"key_points": [point()] * 8},
        "key_points",
        "There are 8 key points",
        WARNING,
    ),
    Case(
        "CCI-1",
        "article",
        "long lead",
        {"lead": LONG},
        "lead",
        "The lead has 56 words; 45 or fewer are best",
        WARNING,
    ),
    Case(
        "CCI-1",
        "article",
        "long list",
        body("<ul>" + "<li>one</li>" * 8 + "</ul>"),
        "body",
        "A list has 8 items",
        ADVICE,
        WRITE,
    ),
    Case(
        "CCI-1",
        "question",
        "no heading for long",
        {"answer": "".join(f"<p>Number {n}. {SENTENCE}</p>" for n in range(20))},
        "answer",
        "More than 300 words without a heading",
        ADVICE,
        WRITE,
    ),
    Case(
        "SUP-3",
        "supplement",
        "no absorption",
        {"forms": [{**FORM, "absorption": ""}]},
        "forms.1.absorption",
        "“Citrate” says nothing under “bioavailability",
        WARNING,
        WRITE,
    ),
    Case(
        "SUP-3",
        "supplement",
        "no use",
        {"forms": [FORM, {**FORM, "common_use": ""}]},
        "forms.2.common_use",
        "under “common use”",
        WARNING,
        WRITE,
    ),
    Case(
        "SUP-3",
        "supplement",
        "no side effects",
        {"forms": [{**FORM, "side_effects": ""}]},
        "forms.1.side_effects",
        "under “possible side effects”",
        WARNING,
        WRITE,
    ),
    Case(
        "FAQ-1",
        "question",
        "no question",
        {"question": ""},
        "question",
        "The answer has no question",
    ),
    Case("FAQ-1", "question", "no answer", {"answer": ""}, "answer", "The question has no answer"),
    Case(
        "FAQ-1",
        "question",
        "no question mark",
        {"question": "It matters"},
        "question",
        "“It matters” does not end in a question mark",
    ),
    Case(
        "FAQ-1",
        "question",
        "points away",
        {"question": "And who should not take it?"},
        "question",
        "does not stand alone",
    ),
    Case(
        "FAQ-1",
        "question",
        "ends in a pointer",
        {"question": "Who should not take this?"},
        "question",
        "does not stand alone",
    ),
    Case(
        "A11Y-1",
        "article",
        "skipped level",
        {"body": "<h2>One</h2><h4>Two</h4>"},
        "body",
        "“Two” skips a level",
    ),
    Case(
        "A11Y-1",
        "supplement",
        "begins too low",
        {"body": "<h3>One</h3><p>x</p>"},
        "body",
        "“One” skips a level",
    ),
    Case(
        "A11Y-1",
        "article",
        "table without headers",
        body("<table><tr><td>Dose</td><td>350</td></tr></table>"),
        "body",
        "no header cells (“Dose 350”)",
    ),
    Case(
        "A11Y-1",
        "question",
        "picture without words",
        {"answer": '<p>See <img src="/media/cup.png"></p>'},
        "answer",
        "no alternative text (/media/cup.png)",
    ),
    Case(
        "PIC-1",
        "article",
        "a name that no picture has",
        body("<p>[[picture:leaf]]</p>"),
        "body",
        "[[picture:leaf]] names no picture",
    ),
    Case(
        "PIC-1",
        "article",
        "a picture in the lead",
        {"lead": "See [[picture:leaf]]."},
        "lead",
        "only in the body",
    ),
    Case(
        "PIC-1",
        "question",
        "a picture in an answer",
        {"answer": "<p>[[picture:leaf]]</p>"},
        "answer",
        "only in the body",
    ),
    Case(
        "PIC-1",
        "article",
        "a picture by its address",
        body('<p>See <img src="/media/cup.png" alt="A cup of tea"></p>'),
        "body",
        "by its address (/media/cup.png)",
    ),
    Case(
        "A11Y-1",
        "disclaimer",
        "vague link",
        {"body": '<p><a href="/faq/">Read more</a></p>'},
        "body",
        "“Read more” does not say where it leads",
        WARNING,
    ),
    Case(
        "JUNK-1",
        "article",
        "a link left open",
        body("<p>Read {Link: the study}.</p>"),
        "body",
        "“{Link:” was left in the text",
    ),
    Case(
        "JUNK-1",
        "article",
        "something to do",
        {"lead": "TODO say more."},
        "lead",
        "“TODO” was left",
    ),
    Case("TERM-1", "term", "no name", {"name": ""}, "name", "The term has no name"),
    Case(
        "TERM-1",
        "term",
        "no definition",
        {"definition": ""},
        "definition",
        "“absorption” is not explained",
    ),
    Case(
        "TERM-1",
        "term",
        "a long definition",
        {"definition": "word " * 41},
        "definition",
        "The definition has 41 words; readers get at most 40",
        level=Level.WARNING,
        gates=(Gate.WRITE,),
    ),
    Case(
        "JUNK-1",
        "question",
        "filler",
        {"answer": "<p>Lorem ipsum dolor.</p>"},
        "answer",
        "“lorem ipsum” was left",
    ),
    Case(
        "JUNK-1",
        "static_page",
        "a bare address",
        {"body": "<p>See https://x.test/a now.</p>"},
        "body",
        "A bare address stands in the text (https://x.test/a)",
    ),
    Case(
        "JUNK-1",
        "supplement",
        "a bare address in a cell",
        {"forms": [{**FORM, "common_use": "See www.x.test"}]},
        "forms.1.common_use",
        "(www.x.test)",
    ),
    Case(
        "JUNK-1",
        "article",
        "a paragraph twice",
        body(f"<p>{LONG}</p><p>x</p><p>{LONG}</p>"),
        "body",
        "A paragraph of 56 words stands twice",
        WARNING,
    ),
    Case("JUNK-1", "article", "no title", {"title": "–"}, "title", "There is no title."),
    Case("JUNK-1", "article", "no text", {"body": "<p>&nbsp;…</p>"}, "body", "There is no text."),
    Case("JUNK-1", "disclaimer", "no text", {"body": ""}, "body", "There is no text."),
    Case(
        "GUESS-1",
        "article",
        "a guess",
        {"guesses": [GUESS]},
        "body",
        "The table's columns were guessed.",
    ),
    Case(
        "GUESS-1",
        "question",
        "two guesses",
        {"guesses": [GUESS, GUESS]},
        "body",
        "guessed",
        count=2,
    ),
    Case(
        "EMB-1",
        "article",
        "a token of nothing",
        body("<p>[[forms:nothing]]</p>"),
        "body",
        "[[forms:nothing]] names no supplement",
        gates=PUBLISH,
    ),
    Case(
        "AUTH-1",
        "article",
        "no author",
        {"authors": []},
        "authors",
        "No author is named",
        gates=PUBLISH,
    ),
    Case(
        "AUTH-1",
        "question",
        "no author",
        {"authors": []},
        "authors",
        "No author is named",
        gates=PUBLISH,
    ),
    Case(
        "DATE-1",
        "article",
        "no topic",
        {"topics": []},
        "topics",
        "No topic is chosen",
        gates=PUBLISH,
    ),
    *(
        Case(
            "SUP-1",
            "supplement",
            f"no {name}",
            {"limits": [LIMIT, {**LIMIT, name: ""}]},
            "limits.2",
            f"Intake limit 2 (Upper limit) lacks: {words}.",
        )
        for name, words in {
            "value": "value",
            "unit": "unit",
            "basis": "basis",
            "population": "for whom",
            "authority": "set by",
        }.items()
    ),
]

# Sound, though near to what a rule looks for.
SOUND = [
    (
        "REF-2",
        "article",
        "editorial advice",
        points(point(text="Ask a doctor.", kind="advice", editorial=True)),
    ),
    ("REF-2", "article", "cited advice", points(point(kind="advice"))),
    (
        "EV-1",
        "article",
        "not graded, and says why",
        points(
            point(
                **{**EFFECT, "certainty": "not_graded"},
                certainty_reason="Small",
                study_design="One trial",
            )
        ),
    ),
    ("EV-1", "article", "a fact needs no certainty", points(point())),
    ("SUM-1", "article", "fifty words", {"quick_summary": " ".join(["word"] * 50)}),
    (
        "SUM-1",
        "article",
        "citations are no words",
        {"quick_summary": " ".join(["word"] * 50) + " [@smith2020; @jones2021]"},
    ),
    (
        "SUM-1",
        "article",
        "names an article of law",
        {"quick_summary": "It may help, as two articles have shown."},
    ),
    ("CCI-1", "article", "forty-five words of lead", {"lead": " ".join(["word"] * 45)}),
    ("CCI-1", "article", "seven key points", {"key_points": [point()] * 7}),
    ("CCI-1", "article", "seven items", body("<ul>" + "<li>one</li>" * 7 + "</ul>")),
    (
        "SUP-3",
        "supplement",
        "a form that is not compared",
        {"forms": [{"name": "Citrate", "compare": False}]},
    ),
    ("FAQ-1", "question", "another script's mark", {"question": "什么是镁？"}),
    ("FAQ-1", "question", "names what it is about", {"question": "Is this dose of zinc safe?"}),
    (
        "A11Y-1",
        "article",
        "one level at a time",
        {"body": "<h2>One</h2><h3>Two</h3><h4>Three</h4><h2>Four</h2>"},
    ),
    (
        "A11Y-1",
        "article",
        "a table with headers",
        body("<table><tr><th>Dose</th></tr><tr><td>350</td></tr></table>"),
    ),
    (
        "A11Y-1",
        "article",
        "a picture with words",
        body('<p><img src="/media/cup.png" alt="A cup of tea"></p>'),
    ),
    (
        "A11Y-1",
        "article",
        "a decorative picture",
        body('<p><img src="/media/line.png" alt="" role="presentation"></p>'),
    ),
    (
        "A11Y-1",
        "article",
        "a link that says where",
        body('<p><a href="/faq/">Common questions</a></p>'),
    ),
    (
        "JUNK-1",
        "article",
        "a link with words",
        body('<p><a href="https://x.test/a">The study of 2020</a></p>'),
    ),
    ("JUNK-1", "article", "short words twice", body("<p>Take care.</p><p>Take care.</p>")),
    (
        "JUNK-1",
        "article",
        "empty headings and items are cleaned away",
        {"body": "<h2>Text</h2><h3>&nbsp;</h3><ul><li></li><li>one</li></ul>"},
    ),
    (
        "JUNK-1",
        "article",
        "a list item that is a picture",
        body('<ul><li><img src="/media/cup.png" alt="A cup of tea"></li></ul>'),
    ),
    ("SUP-1", "supplement", "no limits at all", {"limits": []}),
    ("REF-6", "article", "listed and cited", {"further_references": ["smith2020"]}),
]
