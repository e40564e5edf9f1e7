"""The same parts in other layouts: Markdown with front matter, HTML with a site around it."""

import re

import pytest

from articles import kind as article_kind
from articles.importing.run import import_file
from faq.models import Question
from publishing import documents, kinds
from publishing.models import Entry, Revision
from references.models import Reference
from supplements.models import Supplement
from tests.articles.imports import PROSE, article_of, imported, problems

PAGE = f"""<!doctype html><html lang="en"><head><title>Iron and sleep | A site</title>
<script>document.title = "<h1>Not this</h1>"</script><style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/shop">Shop</a></li></ul></nav>
<article><h1>Iron and sleep</h1><p onclick="steal()">{PROSE}</p>
<h2>Key points</h2><ul><li><strong>Iron:</strong> It is a metal.<script>steal()</script></li>
<li><strong>Sleep:</strong> It is rest.</li><li><strong>Both:</strong> They go together.</li></ul>
<h2>What it does</h2><p>Read <a href="javascript:steal()">this</a> and
<a href="https://iron.example.org/" onmouseover="steal()">that page</a>
<img src="x" onerror="steal()"><iframe src="https://evil.example"></iframe></p>
<table><tr><th>Iron form</th><th>Absorption</th><th>Common use</th></tr>
<tr><td>Iron sulfate<script>steal()</script></td><td>High</td><td>Low stores</td></tr>
<tr><td>Iron gluconate</td><td>Lower</td><td>Weak stomachs</td></tr></table>
<h2>Frequently asked questions</h2><h3>Does tea matter?</h3>
<p>It does. <a href="data:text/html,steal">More</a><svg onload="steal()"></svg></p>
<h2>References</h2><ol><li>Office of Examples. <em>Iron in food</em>. 2020.
<a href="https://iron.example.org/food/">https://iron.example.org/food/</a></li></ol></article>
<footer><p>Subscribe to our letter</p></footer></body></html>"""

FRONT_MATTER = f"""---
title: Iron and sleep
slug: iron-sleep
description: Iron helps sleep where it is short.
---

{PROSE}

## Key points

- **Iron:** It is a metal [^1].
- **Sleep:** It is rest.
- **Both:** They go together.

## What it does

It carries oxygen [^1], says [this page](https://iron.example.org/).

### In sleep

It does so at night.

## FAQ

### Does tea matter?

It does.

### Does coffee matter?

It does, too.

## References

[^1]: Office of Examples. Iron in food. 2020. https://iron.example.org/food/
"""


def stored_texts() -> str:
    """Return the text of every revision."""
    return "\n".join(row.payload.text for row in Revision.objects.select_related("payload"))


@pytest.fixture
def page(editor, clock):
    return import_file(PAGE.encode(), "page.html", by=editor, clock=clock)


def test_a_page_is_read_without_the_site_around_it(page):
    article = article_of(page)

    assert page.title == "Iron and sleep"
    assert page.slug == "iron-and-sleep"
    assert page.counts["questions"] == 1
    assert page.counts["references"] == 1
    assert [p.label for p in article.key_points.all()] == ["Iron", "Sleep", "Both"]
    assert Question.objects.get().question == "Does tea matter?"
    assert [form.name for form in Supplement.objects.get().forms.all()] == [
        "Iron sulfate",
        "Iron gluconate",
    ]
    for text in ("Home", "Shop", "Subscribe", "color: red"):
        assert text not in stored_texts()


def test_no_script_reaches_a_stored_document(page):
    stored = stored_texts()
    traces = ("<script", "steal", "javascript:", "onclick", "onerror", "<iframe", "<svg", "data:")
    for trace in traces:
        assert trace not in stored
    assert 'href=\\"https://iron.example.org/\\"' in stored


def test_counts_are_of_what_is_left_after_sanitising(page):
    article = article_of(page)
    answers = "".join(question.answer for question in Question.objects.all())
    assert page.counts["links"] == (article.body + answers).count("<a ") == 1


def test_what_is_stored_survives_another_reading(page):
    for entry in Entry.objects.all():
        draft = kinds.draft_of(entry)
        document = kinds.of(entry).to_document(draft)
        assert documents.replaced(document) == document


def test_markdown_with_front_matter(editor, clock):
    report = import_file(FRONT_MATTER.encode(), "iron.md", by=editor, clock=clock)
    article = article_of(report)

    # The address comes from the title; the front matter's own is for titles that give none.
    assert (report.title, report.slug) == ("Iron and sleep", "iron-and-sleep")
    assert article.quick_summary == "Iron helps sleep where it is short."
    assert article.lead == PROSE
    assert report.counts == {
        "key_points": 3,
        "headings": 2,
        "list_items": 0,
        "questions": 2,
        "references": 1,
        "comparison_rows": 0,
        "comparison_columns": 0,
        "links": 1,
    }
    key = Reference.objects.get().key
    assert f"It carries oxygen [@{key}]" in article.body
    assert article.key_points.first().text == f"It is a metal [@{key}]."
    assert {q.slug for q in Question.objects.all()} == {"does-tea-matter", "does-coffee-matter"}
    assert problems(report, "FAQ-1") == []


def test_the_formats_give_the_same_draft(editor, clock):
    html = (
        f"<h1>Iron and rest</h1><p>{PROSE}</p><h2>Key points</h2><ul><li>One: A.</li>"
        f"<li>Two: B.</li></ul><h2>What it does</h2><p>It <strong>carries</strong> oxygen.</p>"
        "<ul><li>First</li><li>Second</li></ul>"
    )
    markdown = (
        f"# Iron and rest\n\n{PROSE}\n\n## Key points\n\n- One: A.\n- Two: B.\n\n"
        "## What it does\n\nIt **carries** oxygen.\n\n- First\n- Second\n"
    )
    one = article_kind.to_document(imported(html.encode(), editor, clock, "a.html"))
    two = article_kind.to_document(
        imported(markdown.encode(), editor, clock, "b.md", others={one.slug})
    )
    assert documents.replaced(two, slug=one.slug, guesses=one.guesses) == one


def test_a_question_that_is_none_is_told_where_it_stands(editor, clock):
    data = FRONT_MATTER.replace("### Does coffee matter?", "### Coffee, too").encode()
    report = import_file(data, "iron.md", by=editor, clock=clock)
    (told,) = problems(report, "FAQ-1")
    assert told.place.field == "questions"
    assert told.message == "“Coffee, too” does not end in a question mark."
    assert data.decode().split("\n")[told.line - 1] == "### Coffee, too"


def test_leftovers_are_told_once(editor, clock):
    data = FRONT_MATTER.replace("It does so at night.", "TODO write this {Link: somewhere}.")
    report = import_file(data.encode(), "iron.md", by=editor, clock=clock)
    told = problems(report, "JUNK-1")

    assert sorted(re.search("TODO|Link", problem.message)[0] for problem in told) == [
        "Link",
        "TODO",
    ]
    line = data.split("\n").index("TODO write this {Link: somewhere}.") + 1
    assert {problem.line for problem in told} == {line}
