"""Knowing a file again: by the slug of its title and its import record."""

import re
import unicodedata
from collections.abc import Collection

from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.importing.parsed import ParsedArticle, UnreadableFile
from articles.models import ImportRecord
from publishing import kinds, languages, permissions, zone
from publishing.locks import lock
from publishing.models import Entry
from publishing.refusals import Refused
from publishing.slugs import LONGEST, free_slug, slug_from

# A supplement that was edited since is offered the rows instead; a disclaimer is only compared.
_OVERWRITTEN = frozenset({"article", "question"})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def plain_name(path: str) -> str:
    """Return a file's name without its folders, as one line that any database can store."""
    return _UNPRINTABLE.sub("?", path.replace("\\", "/").rpartition("/")[2])[:300]


def recognised_as(title: str, sha256: str) -> str:
    """Return what a file is known by: the slug of its title, in the title's own letters.

    An address has ASCII letters alone, so that titles in another script would be taken for one
    another by theirs.
    """
    slug = slugify(title, allow_unicode=True)
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug or f"article-{sha256[:8]}"


def language_for(parsed: ParsedArticle, asked: str) -> str:
    """Return the language of a draft: the one asked for, or the file's own, or the site's default.

    Raises UnreadableFile where the one asked for is none of the site's.
    """
    if not asked:
        return languages.of_tag(parsed.language) or languages.default()
    found = languages.of_tag(asked)
    if found is None:
        raise UnreadableFile(
            _("“%(code)s” is none of the site's languages: %(codes)s. Choose one of them.")
            % {"code": asked, "codes": ", ".join(languages.every())}
        )
    return found


def language_notes(parsed: ParsedArticle, language: str, asked: str) -> list[str]:
    """Return what is to be said of the language of a draft."""
    name = languages.translated_name(language)
    if parsed.language and not asked and languages.of_tag(parsed.language) is None:
        return [
            _(
                "The file says that its language is “%(code)s”, which is none of the site's. "
                "It was taken for %(language)s."
            )
            % {"code": parsed.language, "language": name}
        ]
    if len(languages.every()) > 1:
        return [_("The draft's language is %(language)s.") % {"language": name}]
    return []


def address_for(parsed: ParsedArticle, name: str, sha256: str) -> str:
    """Return the address that a file's title gives, or else the file's own, or its name."""
    return (
        slug_from(parsed.title)
        or slug_from(parsed.slug_hint)
        or slug_from(name.rpartition(".")[0])
        or f"article-{sha256[:8]}"
    )


def spells(title: str) -> bool:
    """Say whether ASCII letters spell most of a title, so that its address can be read."""
    letters = [c for c in title if c.isalnum()]
    spelled = [c for c in letters if unicodedata.normalize("NFKD", c)[0].isascii()]
    return bool(letters) and len(spelled) * 2 >= len(letters)


def free_address(wanted: str, language: str, others: Collection[str]) -> str:
    """Return the address, or the first of ``-2``, ``-3``, … that is not taken in a language."""
    slug, number = free_slug("article", wanted, language), 2
    while slug in others:
        slug = free_slug("article", f"{wanted}-{number}", language)
        number += 1
    return slug


def record_of(
    known_as: str, language: str, name: str, sha256: str, others: Collection[str]
) -> ImportRecord | None:
    """Return the newest import of the article that a file is of, or None for a new article.

    In another language it is another article, whatever it is called there.
    ``others`` are the addresses of articles that came from other files of the same call: two
    files that share a title are two articles. Later on, each is told by its bytes, then by its
    file's name.
    """
    records = ImportRecord.objects.filter(slug=known_as, article__language=language)
    records = records.defer("original").order_by("-pk")
    newest: dict[int, ImportRecord] = {}
    for record in records.select_related("article"):
        newest.setdefault(record.article_id, record)
    same = [record for record in newest.values() if record.sha256 == sha256]
    rest = [record for record in newest.values() if record.article.slug not in others]
    named = [record for record in rest if record.filename == name]
    if same or named:
        return (same or named)[0]
    return rest[0] if len(newest) == 1 and rest else None


def edited_since(record: ImportRecord) -> list[Entry]:
    """Return the drafts of an import that somebody has changed since, with their heads."""
    digests = record.made.get("digests", {})
    entries = Entry.objects.filter(uid__in=digests).select_related("head__by").order_by("pk")
    return [entry for entry in entries if entry.head.digest != digests[str(entry.uid)]]


def lock_made(record: ImportRecord) -> None:
    """Lock what an import wrote, at once and in order, before a save takes the ledger's lock."""
    lock(Entry.objects.filter(uid__in=record.made.get("digests", {})))


def refuse_edited(record: ImportRecord) -> None:
    """Raise Refused where somebody has worked on an import's article or questions since."""
    for entry in edited_since(record):
        if entry.kind not in _OVERWRITTEN:
            continue
        raise Refused(
            _(
                "Not imported. %(name)s edited the %(kind)s “%(slug)s” on %(day)s, after it was "
                "imported. Nothing was overwritten. Make your changes in the draft."
            )
            % {
                "name": permissions.person_name(entry.head.by),
                "kind": kinds.of(entry).label,
                "slug": entry.slug,
                "day": zone.day(entry.head.at),
            }
        )
