"""Filler articles for trying the site at scale: made-up words that claim nothing about health.

The same number gives the same article on every machine. Words are drawn by rank, as in a language
(Zipf): a few stand in every article, most in hardly any, so that search and lists meet both.
"""

import random
from itertools import accumulate, product

from articles.documents import ArticleDocument
from healthcms.demo.identity import uid
from healthcms.demo.people import EDITOR

SLUG = "filler-{number}"
TOPIC = "filler"
WARNING = "This is filler text for trying the site at scale. It says nothing about health."

_TOPICS = ("magnesium", "potassium", "vitamin-d", "creatine", "muscle-health", "healthy-ageing")
_ONSETS, _VOWELS, _ENDS = "bdfgklmnprstvz", "aeiou", "lnrs"
_SENTENCES, _PARAGRAPHS, _SECTIONS = 5, 3, 4


def _vocabulary() -> list[str]:
    words = ["".join(parts) for parts in product(_ONSETS, _VOWELS, _ONSETS, _VOWELS, _ENDS)]
    random.Random(len(words)).shuffle(words)  # noqa: S311  no secret
    return words


_WORDS = _vocabulary()
_WEIGHTS = tuple(accumulate(1 / rank for rank in range(1, len(_WORDS) + 1)))


def article(number: int) -> ArticleDocument:
    """Return the filler article of a number; it passes the checks of the demo site."""
    draw = random.Random(number)  # noqa: S311  no secret
    title = f"Filler {number}: {' '.join(_words(draw, 4))}"
    return ArticleDocument.model_validate(
        {
            "slug": SLUG.format(number=number),
            "title": title,
            "lead": WARNING,
            "quick_summary": f"{WARNING} {_sentence(draw)}",
            "key_points": [_advice(row) for row in ("Read", "Know", "Ask")],
            "get_help": [
                {"level": "urgent", "contact": "A doctor", "signs": "Anything that worries you."}
            ],
            "body": "".join(_section(draw) for _row in range(_SECTIONS)),
            "topics": [uid("topic", slug) for slug in (TOPIC, draw.choice(_TOPICS))],
            "authors": [{"contributor": uid("contributor", EDITOR.contributor)}],
        }
    )


def _advice(label: str) -> dict:
    return {
        "label": label,
        "text": "Do nothing on the strength of this page.",
        "kind": "advice",
        "editorial": True,
    }


def _section(draw: random.Random) -> str:
    paragraphs = (
        " ".join(_sentence(draw) for _row in range(_SENTENCES)) for _row in range(_PARAGRAPHS)
    )
    heading = " ".join(_words(draw, 3)).capitalize()
    return f"<h2>{heading}</h2>" + "".join(f"<p>{text}</p>" for text in paragraphs)


def _sentence(draw: random.Random) -> str:
    return " ".join(_words(draw, 9)).capitalize() + "."


def _words(draw: random.Random, count: int) -> list[str]:
    return draw.choices(_WORDS, cum_weights=_WEIGHTS, k=count)
