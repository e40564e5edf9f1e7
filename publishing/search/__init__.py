"""The readers' search: over everything that is live, on each engine's own full text.

Texts are indexed when an edition is recorded and filtered by live time when somebody asks, so
that a scheduled page appears on time and a withdrawn one is gone at once. The rows are projections
of what was signed: they may be dropped and made again at any time.
"""

from publishing.search.finding import Facet, Found, Result, find, has_all, nearest
from publishing.search.reading import MOST_CHARACTERS
from publishing.search.recording import rebuild, record, record_missing
from publishing.search.suggesting import suggest

__all__ = [
    "MOST_CHARACTERS",
    "Facet",
    "Found",
    "Result",
    "find",
    "has_all",
    "nearest",
    "rebuild",
    "record",
    "record_missing",
    "suggest",
]
