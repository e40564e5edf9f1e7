"""How much of each part the draft of a file holds."""

import re
from collections.abc import Collection

from articles.importing.parsed import ParsedArticle
from articles.models import Article
from publishing.models import KeyPoint

_HEADING = re.compile(r"<h[2-6][\s>]")
_ITEM = re.compile(r"<li[\s>]")
_LINK = re.compile(r"<a\s[^>]*href=")


def counts_of(
    article: Article, parsed: ParsedArticle, references: Collection[str]
) -> dict[str, int]:
    """Return the counts of an import's report, from the rows of the draft.

    The comparison is counted as the file has it, whether its rows stand in a supplement's draft
    or are offered to one that exists; ``references`` are the library's keys of those of the file.
    """
    answers = [row.question.answer for row in article.placed_questions.select_related("question")]
    return {
        **parsed.counts(),
        "key_points": KeyPoint.objects.filter(entry=article.pk).count(),
        "headings": len(_HEADING.findall(article.body)),
        "list_items": len(_ITEM.findall(article.body)),
        "questions": len(answers),
        "references": len(references),
        "links": sum(len(_LINK.findall(text)) for text in (article.body, *answers)),
    }
