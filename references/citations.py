"""Citations in text, in Pandoc's syntax, and their numbers on a page.

`[@key]`, `[@key; @other]`, `[see @key, pp. 3-4]`. A key begins with a letter, a digit or `_` and
goes on with these and single signs of `:.#$%&-+?<>~/` between them
(https://pandoc.org/MANUAL.html#citation-syntax). More forgiving than Pandoc, so that no citation
is lost to a typing habit: `[@a, @b]` cites both.
"""

import html as html_module
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from itertools import pairwise
from typing import Any, NamedTuple

_BRACKETS = r"(?<!\[)\[([^\[\]]*)\]"
_IN_PLAIN = re.compile(_BRACKETS)
_IN_HTML = re.compile(rf"</?[a-zA-Z][^<>]*>|{_BRACKETS}")
# Atomic, so that “a.b@site” is not read as the key “a”.
_KEY = re.compile(r"(?<![^\s;,(–—])-?@((?>\w+(?:[:.#$%&\-+?<>~/]\w+)*))(?![@\w])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_FORMATS = frozenset({"strong", "em", "b", "i", "sup", "sub", "code"})
_LINK_EDGE = re.compile(r"<(/?)a(?=[\s>])")


class CitationItem(NamedTuple):
    key: str
    locator: str = ""  # "p. 12", plain text
    prefix: str = ""  # "see", plain text


class CitationGroup(NamedTuple):
    start: int
    end: int
    items: tuple[CitationItem, ...]


def find(text: str, *, html: bool) -> tuple[CitationGroup, ...]:
    """Every citation of an HTML text or a plain text, in order, with its place in the string.

    Tags of HTML are passed over, so nothing is found in an attribute; a plain text has none,
    whatever stands between “<” and “>”. Mail addresses are no citations.
    """
    return tuple(_groups(text, html))


def keys(text: str, *, html: bool) -> tuple[str, ...]:
    """The keys cited, in order of first appearance, each once."""
    return tuple(dict.fromkeys(item.key for group in _groups(text, html) for item in group.items))


def replace(text: str, fn: Callable[[CitationGroup], str], *, html: bool) -> str:
    """The text with each citation replaced by what `fn` returns for it."""
    pieces, at = [], 0
    for group in _groups(text, html):
        pieces += [text[at : group.start], fn(group)]
        at = group.end
    return "".join([*pieces, text[at:]])


def _groups(text: str, html: bool) -> Iterator[CitationGroup]:
    for match in (_IN_HTML if html else _IN_PLAIN).finditer(text):
        content = match[1]
        if content and "@" in content and (not html or _formats_only(content)):
            items = _items(_read(content) if html else content)
            if items:
                yield CitationGroup(match.start(), match.end(), items)


def _read(content: str) -> str:
    return _ENTITY.sub(lambda found: html_module.unescape(found[0]), _TAG.sub("", content))


def _formats_only(content: str) -> bool:
    """Whether the tags inside begin and end there, so that they can go with the citation."""
    opened: list[str] = []
    for closing, name in _TAG.findall(content):
        if name not in _FORMATS:
            return False
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def _items(plain: str) -> tuple[CitationItem, ...]:
    found = list(_KEY.finditer(plain))
    if not found:
        return ()
    prefixes, locators = [_words(plain[: found[0].start()])], []
    for before, after in pairwise(found):
        # Without a semicolon the words between two keys belong to the first.
        locator, _, prefix = plain[before.end() : after.start()].rpartition(";")
        if not locator and ";" not in plain[before.end() : after.start()]:
            locator, prefix = prefix, ""
        locators.append(_words(locator))
        prefixes.append(_words(prefix))
    locators.append(_words(plain[found[-1].end() :]))
    rows = zip(found, locators, prefixes, strict=True)
    return tuple(CitationItem(match[1], locator, prefix) for match, locator, prefix in rows)


def _without_trailing_space(html: str) -> str:
    html = html.rstrip()
    while html.endswith("&nbsp;"):
        html = html.removesuffix("&nbsp;").rstrip()
    return html


def _words(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


@dataclass(frozen=True)
class ResolvedReference:
    """What a key meant: a reference by identity, as it was when the text was frozen.

    ``as_retracted`` says that the text cites it only to say that it was retracted.
    """

    uid: str
    csl: Mapping[str, Any]
    standing: Mapping[str, str] = field(default_factory=dict)
    as_retracted: bool = False

    @property
    def retracted(self) -> bool:
        """Whether its journal had withdrawn it by then."""
        return self.standing.get("status") == "retracted"


@dataclass
class ListedReference:
    """One entry of a page's list of references."""

    number: int
    reference: ResolvedReference
    back_ids: list[str] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return self.reference.uid

    @property
    def csl(self) -> Mapping[str, Any]:
        return self.reference.csl

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"


Resolve = Callable[[str], ResolvedReference | None]


class Numbering:
    """Numbers the references of one page in the order in which the page cites them.

    Call `cite` for each text in reading order, embedded texts too, each with its own `resolve`:
    references are one when their uid is, whatever key a text knows them by. `label` and
    `retracted_label` are the words for readers, translated by the caller.
    """

    def __init__(
        self, label: str = "Reference {number}", retracted_label: str = "retracted"
    ) -> None:
        self._label = label
        self._retracted_label = retracted_label
        self._entries: dict[str, ListedReference] = {}
        self._unresolved: dict[str, None] = {}

    @property
    def entries(self) -> list[ListedReference]:
        return list(self._entries.values())

    @property
    def unresolved(self) -> tuple[str, ...]:
        """Keys that no reference was found for, in order; they are left out of the page."""
        return tuple(self._unresolved)

    def add(self, reference: ResolvedReference) -> ListedReference:
        """List a reference without a citation, or find the entry that it has."""
        entry = self._entries.get(reference.uid)
        if entry is None:
            entry = ListedReference(len(self._entries) + 1, reference)
            self._entries[reference.uid] = entry
        else:
            # Texts were frozen at different times: what one of them knew by then, the list says.
            known = reference if reference.retracted else entry.reference
            both = entry.reference.as_retracted and reference.as_retracted
            entry.reference = changed(known, as_retracted=both)
        return entry

    def cite(self, html: str, resolve: Resolve) -> str:
        """Sanitised HTML with each citation as numbered links to the list of references."""
        pieces: list[str] = []
        at, in_link = 0, False
        for group in _groups(html, html=True):
            before = html[at : group.start]
            for edge in _LINK_EDGE.finditer(before):
                in_link = not edge[1]
            # Numbers stand close to the word, and a citation left out leaves no gap.
            pieces.append(_without_trailing_space(before))
            pieces.append(self._numbers(group, resolve, linked=not in_link))
            at = group.end
        return "".join([*pieces, html[at:]])

    def cite_text(self, text: str, resolve: Resolve) -> str:
        """Plain text as HTML, escaped, with its citations numbered."""
        return self.cite(html_module.escape(text, quote=False), resolve)

    def _numbers(self, group: CitationGroup, resolve: Resolve, linked: bool) -> str:
        cited: dict[str, tuple[ResolvedReference, list[CitationItem]]] = {}
        for item in group.items:
            reference = resolve(item.key)
            if reference is None:
                self._unresolved[item.key] = None
            else:
                cited.setdefault(reference.uid, (reference, []))[1].append(item)
        if not cited:
            return ""
        numbers = [self._number(reference, items, linked) for reference, items in cited.values()]
        return f'<sup class="citations">{",".join(numbers)}</sup>'

    def _number(self, reference: ResolvedReference, items: list[CitationItem], linked: bool) -> str:
        entry = self.add(reference)
        back_id = f"cite-{entry.number}-{len(entry.back_ids) + 1}"
        entry.back_ids.append(back_id)
        name = self._label.format(number=entry.number)
        parts = [part for item in items for part in (item.prefix, item.locator) if part]
        shown = str(entry.number)
        if reference.retracted:
            parts.append(self._retracted_label)
            word = html_module.escape(self._retracted_label)
            shown += f' <span class="citation-status">{word}</span>'
        name = html_module.escape(", ".join([name, *parts]))
        if not linked:
            # A link must not stand inside a link.
            return f'<span id="{back_id}" class="citation">{shown}</span>'
        return (
            f'<a href="#{entry.anchor}" id="{back_id}" class="citation" aria-label="{name}">'
            f"{shown}</a>"
        )
