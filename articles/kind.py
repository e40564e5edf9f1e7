"""Articles and static pages as kinds."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from articles.documents import ArticleDocument, StaticPageDocument
from articles.models import (
    Article,
    ArticleComparison,
    ArticleQuestion,
    RelatedArticle,
    StaticPage,
)
from faq.models import Question
from publishing import kinds
from publishing.drafts import read_common, read_page, replace_rows, write_common
from publishing.models import Contributor
from publishing.pictures.drafts import read_pictures, write_pictures
from references.drafts import write_page
from references.library import read_further
from supplements import tokens
from supplements.models import Supplement

_ARTICLE_TEXTS = ("title", "lead", "quick_summary", "body", "funding")


def to_document(entry: Article) -> ArticleDocument:
    """Read an article's draft rows."""
    return ArticleDocument(
        **read_page(entry),
        **{name: getattr(entry, name) for name in _ARTICLE_TEXTS},
        further_references=read_further(entry),
        pictures=read_pictures(entry),
        questions=entry.placed_questions.values_list("question__entry__uid", flat=True),
        comparisons=entry.comparisons.values_list("supplement__entry__uid", flat=True),
        requested_reviewer=entry.requested_reviewer.uid if entry.requested_reviewer else None,
        related=[
            {"uid": uid, "reason": reason}
            for uid, reason in entry.related_by_hand.values_list("to__entry__uid", "reason")
        ],
    )


def apply(document: ArticleDocument, entry: Article | None = None) -> Article:
    """Write a Document into an article's draft rows; without an entry, a new one is made."""
    entry = entry or Article()
    for name in _ARTICLE_TEXTS:
        setattr(entry, name, getattr(document, name))
    entry.requested_reviewer = Contributor.objects.filter(uid=document.requested_reviewer).first()
    write_page(document, entry)
    write_pictures(document, entry)
    questions = _by_uid(Question, document.questions)
    replace_rows(
        ArticleQuestion,
        "article",
        entry,
        [{"question": questions[uid]} for uid in document.questions if uid in questions],
    )
    supplements = _by_uid(Supplement, document.comparisons)
    replace_rows(
        ArticleComparison,
        "article",
        entry,
        [{"supplement": supplements[uid]} for uid in document.comparisons if uid in supplements],
    )
    articles = _by_uid(Article, [row.uid for row in document.related])
    replace_rows(
        RelatedArticle,
        "article",
        entry,
        [
            {"to": articles[row.uid], "reason": row.reason}
            for row in document.related
            if row.uid in articles
        ],
    )
    return entry


def _by_uid(model, uids) -> dict[UUID, Any]:
    return {row.uid: row for row in model.objects.filter(uid__in=uids)}


def embeds(document: ArticleDocument, sources: dict[str, Any]) -> tuple[UUID, ...]:
    """Return the questions and supplements shown inside an article."""
    placed = tokens.uids_in(document, sources)
    return tuple(dict.fromkeys((*document.questions, *placed, *document.comparisons)))


def static_to_document(entry: StaticPage) -> StaticPageDocument:
    """Read a static page's draft rows."""
    return StaticPageDocument(**read_common(entry), title=entry.title, body=entry.body)


def static_apply(document: StaticPageDocument, entry: StaticPage | None = None) -> StaticPage:
    """Write a Document into a static page's draft rows; without an entry, a new one is made."""
    entry = entry or StaticPage()
    entry.title, entry.body = document.title, document.body
    write_common(document, entry)
    return entry


def register() -> None:
    """Make articles and static pages known to the spine."""
    from articles.pages import article_view, static_view
    from articles.structured_data import draw_article

    kinds.register(
        kinds.Kind(
            name="article",
            label=_("article"),
            label_plural=_("articles"),
            model=Article,
            document=ArticleDocument,
            to_document=to_document,
            apply=apply,
            path=lambda document: f"/articles/{document.slug}/",
            template="articles/article.html",
            view=article_view,
            embeds=embeds,
            list_path="/articles/",
            found_first=2,
            draw=draw_article,
            flags=frozenset({"listed", "needs_topic", "places_tables", "shows_pictures"}),
        )
    )
    kinds.register(
        kinds.Kind(
            name="static_page",
            label=_("page"),
            label_plural=_("pages"),
            model=StaticPage,
            document=StaticPageDocument,
            to_document=static_to_document,
            apply=static_apply,
            path=lambda document: f"/{document.slug}/",
            template="articles/static_page.html",
            view=static_view,
            has_claims=False,
            shows_disclaimer=False,
            signers=(kinds.PUBLISHERS,),
        )
    )
