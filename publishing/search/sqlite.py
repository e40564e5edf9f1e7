"""The search on SQLite: an FTS5 table over the texts, ranked by bm25 with a weight a column."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from publishing.models import SearchText
from publishing.search.asked import RANKED, Hit, Marks, Part, Query, Syntax, preference
from publishing.search.live import live_sql
from publishing.search.stems import written

# Signs round a found word in what the engine gives back; no signed text can hold them.
_START, _STOP = "\x02", "\x03"

_TEXT = SearchText._meta.db_table
_INDEX = "publishing_searchindex"
_SYNTAX = Syntax(" AND ", " OR ", opens='"', closes='"', next_to=" ", begins=" *")
# bm25 lets the frequency of a word level off, and favours short texts: only weights this far apart
# keep a title above a summary, and a summary above a body. Titles then rank so nearly alike that a
# preferred kind needs no larger step, which no summary can make.
_RANK = "bm25(100000000.0, 100.0, 1.0)"
_STEP = 0.000025
_MARKED = ", ".join(f"highlight({_INDEX}, {at}, '{_START}', '{_STOP}')" for at in range(3))


class SqliteIndex:
    """The index of one connection."""

    def __init__(self, connection) -> None:
        self.connection = connection

    def add(self, keys: Iterable[int]) -> None:
        """Index rows of SearchText that were just written."""
        self._feed(f"INSERT INTO {_INDEX}(rowid, title, summary, body) VALUES (", keys)

    def remove(self, keys: Iterable[int]) -> None:
        """Take rows of SearchText out of the index, before they are deleted."""
        into = f"INSERT INTO {_INDEX}({_INDEX}, rowid, title, summary, body)"
        self._feed(f"{into} VALUES ('delete', ", keys)

    def empty(self) -> None:
        """Take everything out of the index."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('delete-all')")

    def settle(self) -> None:
        """Merge what many additions left in pieces."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('optimize')")

    def answer(self, query: Query, part: Part) -> tuple[dict[str, int], list[int]]:
        """Return how many live rows meet a query, by facets, and the keys of ``ranked``."""
        sql, params = self._from(query, Part())
        counted = self._rows(f"SELECT text.facets, COUNT(*) {sql} GROUP BY text.facets", params)
        if not counted:
            return {}, []
        few = sum(count for _facets, count in counted) <= RANKED
        return dict(counted), self._keys(query, part) if few else self.ranked(query, part)

    def count(self, query: Query) -> int:
        """Return how many rows meet a query, live or not; of more than RANKED, one more."""
        some = f"SELECT 1 FROM {_INDEX} WHERE {_INDEX} MATCH %s LIMIT {RANKED + 1}"
        return self._rows(f"SELECT COUNT(*) FROM ({some})", [_SYNTAX.write(query)])[0][0]

    def count_live(self, query: Query, most: int = RANKED) -> int:
        """Return how many live rows meet a query; of more than ``most``, as many."""
        sql, params = self._from(query, Part())
        return self._rows(f"SELECT COUNT(*) FROM (SELECT 1 {sql} LIMIT %s)", [*params, most])[0][0]

    def ranked(self, query: Query, part: Part) -> list[int]:
        """Return the keys of live rows that meet a query, the best first.

        Of more than RANKED, those whose title meets it come first, and of each the newest alone.
        """
        since = self._since(query, part)
        if since is None:
            return self._keys(query, part)
        every = replace(part, start=0, count=RANKED)
        in_titles = replace(query, titles=True)
        keys = self._keys(in_titles, every, self._since(in_titles, part) or 0)
        if len(keys) < part.start + part.count:
            keys = list(dict.fromkeys((*keys, *self._keys(query, every, since))))
        return keys[part.start : part.start + part.count]

    def marked(self, query: Query, keys: Sequence[int]) -> list[Hit]:
        """Return rows that meet a query, in the order of their keys, and where its words stand."""
        rows = self._rows(
            f"SELECT {_INDEX}.rowid, {_MARKED}, text.anchors FROM {_INDEX} "
            f"JOIN {_TEXT} text ON text.edition_id = {_INDEX}.rowid WHERE {_INDEX} MATCH %s "
            f"AND {_INDEX}.rowid IN ({', '.join(['%s'] * len(keys))})",
            [_SYNTAX.write(query), *keys],
        )
        hits = {key: _hit(key, *texts) for key, *texts in rows}
        return [hits[key] for key in keys if key in hits]

    def _keys(self, query: Query, part: Part, since: int = 0) -> list[int]:
        sql, params = self._from(query, part, since)
        rows = self._rows(
            f"SELECT {_INDEX}.rowid {sql} AND {_INDEX}.rank MATCH '{_RANK}' "
            f"ORDER BY {_INDEX}.rank * {preference('text.facets', _STEP)}, {_INDEX}.rowid DESC "
            "LIMIT %s OFFSET %s",
            [*params, part.count, part.start],
        )
        return [key for (key,) in rows]

    def _since(self, query: Query, part: Part) -> int | None:
        """Return the oldest row of the newest RANKED; None where there are fewer."""
        sql, params = self._from(query, part)
        newest = f"ORDER BY {_INDEX}.rowid DESC LIMIT 1 OFFSET {RANKED - 1}"
        rows = self._rows(f"SELECT {_INDEX}.rowid {sql} {newest}", params)
        return rows[0][0] if rows else None

    def _from(self, query: Query, part: Part, since: int = 0) -> tuple[str, list[Any]]:
        live, params = live_sql(query.at, self.connection.alias)
        wanted, wanted_params = part.condition(f"{_INDEX}.rowid", "text.facets")
        asked = _SYNTAX.write(query)
        # CROSS JOIN keeps the index outermost, so that rows come in the order of their rank; the
        # covering index spares a count of ten thousand a look at as many long rows.
        sql = (
            f"FROM {_INDEX} CROSS JOIN ({live}) live ON live.id = {_INDEX}.rowid "
            f"CROSS JOIN {_TEXT} text INDEXED BY search_facets "
            f"ON text.edition_id = {_INDEX}.rowid "
            f"WHERE {_INDEX} MATCH %s AND {_INDEX}.rowid >= %s AND {wanted}"
        )
        asked = f"{{title}} : ({asked})" if query.titles else asked
        return sql, [*params, asked, since, *wanted_params]

    def _rows(self, sql: str, params: Sequence[Any]) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def _feed(self, into: str, keys: Iterable[int]) -> None:
        """Say in the index what rows say: a word for each of theirs, so that marks fit both."""
        rows = SearchText.objects.using(self.connection.alias).filter(pk__in=list(keys))
        said = [
            (row.pk, *(written(text, row.language) for text in (row.title, row.summary, row.body)))
            for row in rows
        ]
        with self.connection.cursor() as cursor:
            cursor.executemany(f"{into}%s, %s, %s, %s)", said)


def _hit(key: int, title: str, summary: str, body: str, anchors: str) -> Hit:
    title = title.partition("\n")[0]
    text = "\n".join(filter(None, (summary, body)))
    return Hit(key, _unmarked(title), _unmarked(text), anchors, _marks_in(title), _marks_in(text))


def _marks_in(marked: str) -> Marks:
    """Return where the words between _START and _STOP stand in the text without these signs."""
    found = []
    at = 0
    for piece in marked.split(_START):
        inside, stop, rest = piece.partition(_STOP)
        if stop:
            found.append((at, at + len(inside)))
        at += len(inside) + len(rest)
    return tuple(found)


def _unmarked(marked: str) -> str:
    """Return a text without these signs."""
    return marked.replace(_START, "").replace(_STOP, "")
