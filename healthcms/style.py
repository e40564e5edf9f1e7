"""/style/: every part of the readers' pages in its states, from the templates that pages use."""

from django.http import HttpRequest, HttpResponse

from healthcms import style_samples, style_tokens
from publishing.notices import Notice, Wordings
from publishing.views import render_page


def style_page(request: HttpRequest) -> HttpResponse:
    """Show the style page; the address lets staff alone in."""
    article, supplement = style_samples.article_page(), style_samples.supplement_page()
    context = {
        **article.main.kind.view(article),
        "supplement": supplement.main.kind.view(supplement),
        "colours": style_tokens.colours(article.site),
        "text_sizes": style_tokens.sizes("text"),
        "spaces": style_tokens.sizes("space"),
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
