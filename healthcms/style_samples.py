"""Made-up texts for the style page: each part of a page in each of its states, and no medicine."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from articles.documents import ArticleDocument
from faq.documents import QuestionDocument, TermDocument
from publishing import kinds
from publishing.disclaimers import DisclaimerDocument
from publishing.documents import EntryDocument
from publishing.glossary import Vocabulary, Word
from publishing.models import Edition, Entry, Revision, SignOff, Site
from publishing.pages import Page, RelatedPage, Shown, WithdrawnEmbed
from supplements.documents import SupplementDocument

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_OURS = UUID("5d2c1c0e-3f0a-4d5e-9a67-0c6a6a1a9b11")
_CERTAINTIES = ("high", "moderate", "low", "very_low", "not_graded")
_STATUSES = ("", "corrected", "concern", "retracted")


def article_page() -> Page:
    """Return an article with questions, tables, terms, and sources in every standing."""
    asked = [_named(f"question-{number}") for number in range(4)]
    main = _shown("article", _article(asked))
    questions = {
        uid: _shown("question", QuestionDocument(slug=str(uid), question=title, answer=answer), uid)
        for uid, title, answer in zip(asked, _TITLES, _ANSWERS, strict=False)
    }
    term = TermDocument(slug="trial", name="trial", definition="A test of something, in people.")
    return Page(
        main=main,
        at=AT + timedelta(days=800),
        site=Site.current(),
        topics={},
        embeds={**questions, _named("supplement"): _shown("supplement", _supplement())},
        withdrawn={asked[-1]: WithdrawnEmbed("A question that was taken down", AT)},
        disclaimer=_shown("disclaimer", _DISCLAIMER),
        related=(
            RelatedPage("/style/", "A related page", main.kind, "hand", "Chosen for this reason"),
            RelatedPage("/style/#top", "Another related page", main.kind, "reference", "2"),
        ),
        first_published=AT - timedelta(days=90),
        vocabulary=Vocabulary([Word(_named("term"), "/style/", term, {})]),
    )


def supplement_page() -> Page:
    """Return a supplement, for what stands at its beginning."""
    return Page(_shown("supplement", _supplement()), AT, Site.current(), {})


def _named(name: str) -> UUID:
    return uuid5(_OURS, name)


def _shown(kind: str, document: EntryDocument, uid: UUID | None = None) -> Shown:
    entry = Entry(uid=uid or _named(kind), kind=kind, slug=document.slug)
    revision = Revision(entry=entry, digest="")
    sign_off = SignOff(
        revision=revision, at=AT, name="Robin Example", credential="Example of a credential",
        disclosure="None.",
    )  # fmt: skip
    edition = Edition(
        entry=entry, revision=revision, sign_off=sign_off, path="/style/",
        title=document.display_title, live_from=AT, at=AT,
    )  # fmt: skip
    return Shown(edition, kinds.get(kind), document, _sources())


def _sources() -> dict[str, Any]:
    author = {
        "name": "Sam Sample", "slug": "sam", "disclosure": "None.", "disclosed_on": "2026-01-01",
        "credentials": [{"name": "Example of a credential", "expires": None}],
    }  # fmt: skip
    return {
        "references": {
            f"example{number}": {
                "uid": str(_named(f"reference-{number}")),
                "csl": {
                    "id": f"example{number}", "type": "article-journal",
                    "title": f"Example of a source, number {number}",
                    "author": [{"family": "Example", "given": "A. B."}],
                    "container-title": "Journal of Examples",
                    "issued": {"date-parts": [[2020 + number]]},
                    "DOI": f"10.1000/example.{number}", "PMCID": f"PMC{number}",
                    "custom": {"study-design": "example of a design"},
                },
                "standing": {"status": status, "since": "2026-02-01", "checked": "2026-03-01"},
            }
            for number, status in enumerate(_STATUSES, 1)
        },
        "people": {str(_named("author")): author},
    }  # fmt: skip


_TITLES = ("A question", "A longer question, which takes more than one line on a phone", "A third")
_ANSWERS = (
    "<p>An answer, with a citation [@example2].</p>",
    "<p>An answer about a trial.</p><ul><li>one</li><li>two</li></ul>",
    "<p>An answer.</p>",
)
_DISCLAIMER = DisclaimerDocument(
    slug="example", title="About this information", body="<p>The disclaimer that is in force.</p>"
)
_BODY = """
<h2>A section</h2>
<p>Text with <strong>strong</strong> and <em>stressed</em> words, <code>code</code>, H<sub>2</sub>O,
a <a href="/style/">link</a>, and citations [@example1; @example3]. A trial is explained.</p>
<ul><li>an item</li><li>an item that cites [@example4]</li></ul>
<ol><li>first</li><li>second</li></ol>
<blockquote><p>Words of somebody else.</p></blockquote>
<h3>A part of a section</h3>
<table><caption>A table</caption><thead><tr><th scope="col">What</th><th scope="col">How much</th>
</tr></thead><tbody><tr><th scope="row">This</th><td>1</td></tr></tbody></table>
<h4>A smaller part</h4>
<p>Text.</p>
<h2>Another section</h2>
<p>Text.</p>
"""


def _article(asked: list[UUID]) -> ArticleDocument:
    points = [
        {
            "label": "An effect", "text": "What it does [@example1].", "kind": "effect",
            "certainty": certainty, "certainty_reason": "a reason", "graded_by": "us",
        }
        for certainty in _CERTAINTIES
    ]  # fmt: skip
    return ArticleDocument(
        slug="style",
        title="A title as long as titles are, of about three lines on a phone",
        change_kind="correction",
        change_note="What was wrong, and what it should have said.",
        quick_summary="The answer, in fifty words or fewer, so that it is read before anything "
        "else is: what is known, for whom, and what to do.",
        lead="The lead says why the question is asked, with a source [@example2].",
        key_points=[
            *points,
            {"label": "A fact", "text": "What is so [@example2].", "kind": "fact"},
            {"label": "Advice", "text": "What to do.", "kind": "advice", "editorial": True},
        ],
        get_help=[
            {"level": "emergency", "contact": "Whom to call", "signs": "Which signs."},
            {"level": "urgent", "contact": "Whom to call today", "signs": "Which signs."},
            {"level": "appointment", "contact": "Whom to see", "signs": "Which signs."},
        ],
        body=_BODY,
        questions=asked,
        comparisons=[_named("supplement")],
        authors=[{"contributor": _named("author")}],
    )


def _supplement() -> SupplementDocument:
    form = {"absorption": "Words [@example1].", "common_use": "Words", "side_effects": "Words"}
    limit = {
        "value": "1", "unit": "mg", "population": "Adults", "authority": "Who says so",
        "citations": "[@example1]",
    }  # fmt: skip
    return SupplementDocument(
        slug="style",
        title="A supplement",
        ask_first="<p>Ask first if you:</p><ul><li>are one of those who must, of whom the first is "
        "named in full</li><li>are another of them</li>"
        "<li>are a third, who is named further down the page alone</li></ul>",
        key_points=_article([]).key_points,
        forms=[{"name": "A form", **form}, {"name": "Another form", **form}],
        limits=[
            {"kind": "recommended", "basis": "elemental", "counts": "all", **limit},
            {"kind": "upper", "basis": "compound", "counts": "supplements", **limit},
        ],
        interactions=[{"substance": "Another thing", "effect": "What happens."}],
    )
