"""/style/: every part of the readers' pages in its states, from the templates that pages use."""

from django.http import HttpRequest, HttpResponse

from healthcms import style_samples
from publishing.notices import Notice, Wordings
from publishing.views import render_page

COLOURS = (
    "paper", "tint", "line", "edge", "ink", "soft", "brand", "link",
    "red", "red-tint", "amber", "amber-tint",
)  # fmt: skip


def style_page(request: HttpRequest) -> HttpResponse:
    """Show the style page; the address lets staff alone in."""
    article, supplement = style_samples.article_page(), style_samples.supplement_page()
    context = {
        **article.main.kind.view(article),
        "supplement": supplement.main.kind.view(supplement),
        "colours": COLOURS,
        "warnings": [
            {"site": article.site, "notice": Notice(wording, style_samples.AT)}
            for wording in Wordings.values
        ],
        "edition": article.main.edition,
    }
    response = render_page("site/style.html", context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
