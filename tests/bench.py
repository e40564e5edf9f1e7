"""How long a search takes, beside a floor: plain FTS5 over the same texts, the top ten by bm25.

    python -m tests.bench

It searches the configured database, which `make bench` fills with filler articles. Times depend
on the machine; the ratio to the floor, taken in the same minute, hardly does. Nothing is asserted.
"""

import os
import sqlite3
import statistics
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from publishing import clock, search  # noqa: E402
from publishing.models import SearchText  # noqa: E402

RUNS = 100

# Words of the demo, and of the filler: see healthcms.demo.filler for what stands in every article.
CASES = {
    "in every article": "filler",
    "three in every article": "site trying scale",
    "two in nearly every body": "rusas rimor",
    "in most bodies": "gupes",
    "rare": "magnesium cramps",
    "rare, another spelling": "hypomagnesemia",
    "a beginning": "magn",
    "a typing error": "magnesum",
    "some of the words": "filler magnesium xylophones",
    "nowhere": "xylophones",
}


def floor() -> sqlite3.Connection:
    """Return plain FTS5 in memory over every text that is indexed."""
    plain = sqlite3.connect(":memory:")
    plain.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(title, summary, body, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    rows = SearchText.objects.values_list("pk", "title", "summary", "body").iterator(500)
    plain.executemany("INSERT INTO texts(rowid, title, summary, body) VALUES (?, ?, ?, ?)", rows)
    plain.execute("INSERT INTO texts(texts) VALUES ('optimize')")
    return plain


def timed(run: Callable[[], object]) -> list[float]:
    """Return the milliseconds that each of RUNS runs took, shortest first."""
    run()
    taken = []
    for _run in range(RUNS):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def p95(taken: list[float]) -> float:
    """Return what 95 of 100 runs stay below."""
    return taken[int(len(taken) * 0.95)]


def main() -> None:
    """Print a line a case."""
    plain, client = floor(), Client()
    asked = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10"
    count = SearchText.objects.count()
    print(f"{count} texts on {connection.vendor}; milliseconds, {RUNS} runs each")
    heads = ("pages", "floor p50", "find p50", "find p95", "× floor", "page p95", "suggest p95")
    print(f"{'':26}" + "".join(f"{head:>12}" for head in heads))
    for name, words in CASES.items():
        found = search.find(words, clock.now())
        least = statistics.median(timed(lambda w=words: plain.execute(asked, [w]).fetchall()))
        find = timed(lambda w=words: search.find(w, clock.now()))
        page = timed(lambda w=words: client.get("/search/", {"q": w}))
        suggest = timed(lambda w=words: search.suggest(w, clock.now()))
        middle = statistics.median(find)
        figures = (least, middle, p95(find), middle / least, p95(page), p95(suggest))
        print(f"{name:26}{found.total:12}" + "".join(f"{figure:12.1f}" for figure in figures))


if __name__ == "__main__":
    main()
