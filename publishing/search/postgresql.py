"""The search on PostgreSQL: vectors under GIN, ranked within the first matches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from publishing.models import SearchText
from publishing.search.asked import RANKED, Hit, Marks, Part, Query, Syntax, preference
from publishing.search.live import live_sql
from publishing.search.stems import MARK, indexed, written
from publishing.search.words import plain

_TEXT = SearchText._meta.db_table
_CONFIG = "'publishing_words'"
_SYNTAX = Syntax(" & ", " | ", opens="'", closes="'", next_to="' <-> '", begins=":*")
# Words with the weight of a title alone.
_IN_TITLES = replace(_SYNTAX, closes="':A", next_to="':A <-> '", begins="*")
# Two things that the planner gets wrong where a word is common. MATERIALIZED hides the words from
# it: it would look at every row, blind to what unpacking each vector costs. IS TRUE keeps the live
# editions a set that is made once: it would look each of ten thousand up by itself.
_FOUND = (
    "asked AS MATERIALIZED "
    f"(SELECT to_tsquery({_CONFIG}, %s) AS meets, to_tsquery({_CONFIG}, %s) AS has), "
    "found AS MATERIALIZED (SELECT text.edition_id AS id, text.facets, "
    "ts_rank(text.head, asked.has) * {preferred} AS named "
    f"FROM asked JOIN {_TEXT} text ON text.{{vector}} @@ asked.meets "
    "WHERE (text.edition_id IN ({live})) IS TRUE)"
)
# The words of a title weigh 2.5 times those of a summary: two steps take no summary above a title.
_STEP = 0.24
# Whole texts are unpacked, one by one, only where no head tells the rows apart.
_BEST = (
    "SELECT first.id FROM (SELECT id, named FROM found WHERE {wanted} "
    f"ORDER BY named DESC, id DESC LIMIT {RANKED}) first ORDER BY first.named DESC, "
    "CASE WHEN first.named = 0 THEN (SELECT ts_rank(text.vector, (SELECT has FROM asked)) "
    f"FROM {_TEXT} text WHERE text.edition_id = first.id) END DESC, first.id DESC "
    "LIMIT %s OFFSET %s"
)
_COUNTED = (
    "SELECT json_object_agg(facets, rows) "
    "FROM (SELECT facets, COUNT(*) AS rows FROM found GROUP BY facets) counted"
)

_ACCENTED = (*range(0xC0, 0x530), *range(0x1E00, 0x2000))
"""Latin, Greek and Cyrillic letters."""


class PostgresqlIndex:
    """The index of one connection."""

    def __init__(self, connection) -> None:
        self.connection = connection

    def add(self, keys: Iterable[int]) -> None:
        """Index rows of SearchText that were just written."""
        rows = SearchText.objects.using(self.connection.alias).filter(pk__in=list(keys))
        vectors = [
            (*(written(plain(t), row.language) for t in (row.title, row.summary, row.body)), row.pk)
            for row in rows
        ]
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"WITH said AS (SELECT setweight(to_tsvector({_CONFIG}, %s), 'A') "
                f"|| setweight(to_tsvector({_CONFIG}, %s), 'B') AS head, "
                f"to_tsvector({_CONFIG}, %s) AS body) "
                f"UPDATE {_TEXT} SET head = said.head, vector = said.head || said.body "
                "FROM said WHERE edition_id = %s",
                vectors,
            )

    def remove(self, keys: Iterable[int]) -> None:
        """Do nothing: the vectors go with their rows."""

    def empty(self) -> None:
        """Do nothing: the vectors go with their rows."""

    def settle(self) -> None:
        """Tell the planner of what many additions brought."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {_TEXT}")

    def answer(self, query: Query, part: Part) -> tuple[dict[str, int], list[int]]:
        """Return how many live rows meet a query, by facets, and the keys of ``ranked``."""
        found, best, params = self._statements(query, part)
        rows = self._rows(f"WITH {found} SELECT ({_COUNTED}), ARRAY({best})", params)
        groups, keys = rows[0]
        return groups or {}, keys

    def ranked(self, query: Query, part: Part) -> list[int]:
        """Return the keys of live rows that meet a query, the best first.

        Those whose title or summary has its words come first; RANKED are put in order.
        """
        found, best, params = self._statements(query, part)
        return [key for (key,) in self._rows(f"WITH {found} {best}", params)]

    def count(self, query: Query) -> int:
        """Return how many rows meet a query, live or not; of more than RANKED, one more."""
        some = (
            f"SELECT 1 FROM (SELECT to_tsquery({_CONFIG}, %s) AS meets OFFSET 0) asked "
            f"JOIN {_TEXT} text ON text.vector @@ asked.meets LIMIT {RANKED + 1}"
        )
        return self._rows(f"SELECT COUNT(*) FROM ({some}) AS found", [_SYNTAX.write(query)])[0][0]

    def count_live(self, query: Query, most: int = RANKED) -> int:
        """Return how many live rows meet a query; of more than ``most``, as many."""
        live, live_params = live_sql(query.at, self.connection.alias)
        # The inner OFFSET 0 has rows looked up one by one, until there are as many.
        some = (
            f"SELECT 1 FROM (SELECT to_tsquery({_CONFIG}, %s) AS meets OFFSET 0) asked "
            f"JOIN {_TEXT} text ON text.vector @@ asked.meets WHERE EXISTS "
            f"(SELECT 1 FROM ({live}) live WHERE live.id = text.edition_id OFFSET 0) LIMIT %s"
        )
        sql = f"SELECT COUNT(*) FROM ({some}) AS found"
        return self._rows(sql, [_SYNTAX.write(query), *live_params, most])[0][0]

    def marked(self, query: Query, keys: Sequence[int]) -> list[Hit]:
        """Return rows in the order of their keys, and where a query's words stand in them."""
        rows = SearchText.objects.using(self.connection.alias).in_bulk(keys)
        said = [
            (row.title.partition("\n")[0], "\n".join(filter(None, (row.summary, row.body))))
            for row in map(rows.__getitem__, keys)
        ]
        spoken = [rows[key].language for key in keys for _text in range(2)]
        marks = self._marks(query, [text for texts in said for text in texts], spoken)
        return [
            Hit(key, *texts, rows[key].anchors, *marks[2 * at : 2 * at + 2])
            for at, (key, texts) in enumerate(zip(keys, said, strict=True))
        ]

    def _statements(self, query: Query, part: Part) -> tuple[str, str, list[Any]]:
        live, live_params = live_sql(query.at, self.connection.alias)
        wanted, wanted_params = part.condition("id", "facets")
        vector, syntax = ("head", _IN_TITLES) if query.titles else ("vector", _SYNTAX)
        asked = [syntax.write(query), syntax.write_any(query)]
        return (
            _FOUND.format(vector=vector, live=live, preferred=preference("text.facets", _STEP)),
            _BEST.format(wanted=wanted),
            [*asked, *live_params, *wanted_params, part.count, part.start],
        )

    def _marks(self, query: Query, texts: list[str], spoken: list[str]) -> list[Marks]:
        """Return where a query's words stand in each text.

        The engine judges each different word that could be one of them: its own ts_headline reads
        every text from end to end, which takes longer than finding it.
        """
        could_be = _could_be({word.removesuffix(MARK)[:2] for word in query.words()})
        found = [
            [(*at.span(), indexed(plain(at[0]), language)) for at in could_be.finditer(text)]
            for text, language in zip(texts, spoken, strict=True)
        ]
        rows = self._rows(
            "SELECT word FROM unnest(%s::text[]) AS given(word) "
            f"WHERE to_tsvector({_CONFIG}, word) @@ to_tsquery({_CONFIG}, %s)",
            [
                list({word for places in found for _start, _end, word in places}),
                _SYNTAX.write_words(query),
            ],
        )
        meant = {word for (word,) in rows}
        return [
            tuple((start, end) for start, end, word in places if word in meant) for places in found
        ]

    def _rows(self, sql: str, params: Sequence[Any]) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()


def _could_be(beginnings: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of words that begin so, in capitals or with accents as well."""
    spelt = "|".join("".join(map(_written_as, each)) for each in beginnings)
    return re.compile(rf"(?<![^\W_])(?:{spelt})[^\W_]*")


@cache
def _written_as(letter: str) -> str:
    accented = (char for char in map(chr, _ACCENTED) if plain(char) == letter)
    return f"[{letter}{letter.upper()}{''.join(accented)}]"
