"""Comparing two runs of text word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import escape

from publishing.comparing.pairing import overlap, paired

Format = tuple[str, str]  # tag, attributes as written

# A citation or a token is one word, whatever stands inside it.
_WORD = re.compile(
    r"(?P<gap>(?:\s|&nbsp;)*)"
    r"(?P<word>\[\[[^\[\]]*\]\]|\[[^\[\]]*@[^\[\]]*\]|(?:(?!\s|&nbsp;)[^\[])+|\[)"
)
ANY_NUMBER = 1_000
_SENTENCE_END = (".", "?", "!", ":", "<br>")

# Two runs of words up to this product are compared at once; longer ones sentence by sentence.
_AT_ONCE = 160_000


class Word(NamedTuple):
    """A word in HTML's escaped form, what it is formatted as, and the white space before it.

    The first word of a text has one space before it, so that a word put in front of it does not
    change it; every other white space counts. ``continued`` is how many of its formats may go on
    from the word before: fewer than all where the same format ended and began again in between.
    """

    text: str
    formats: tuple[Format, ...] = ()
    gap: str = " "
    continued: int = ANY_NUMBER


@dataclass(frozen=True)
class Step:
    """A stretch of both texts: the same in both, or what was deleted and what stands there now."""

    old: Sequence[Word]
    new: Sequence[Word]
    same: bool


def split(escaped: str, formats: tuple[Format, ...] = ()) -> tuple[list[Word], str]:
    """Cut escaped text into words; also return the white space after the last one."""
    found = []
    end = 0
    while match := _WORD.match(escaped, end):
        found.append(Word(match["word"], formats, match["gap"]))
        end = match.end()
    return found, escaped[end:]


def of_text(text: str) -> list[Word]:
    """Cut plain text into words. Line ends stay as they are, runs of spaces become one."""
    words, _after = split(re.sub(r"[^\S\n]+", " ", escape(text)))
    return without_first_gap(words)


def without_first_gap(words: list[Word]) -> list[Word]:
    """Give the first word of a text its normal gap."""
    return [words[0]._replace(gap=" "), *words[1:]] if words else []


def steps(old: Sequence[Word], new: Sequence[Word]) -> list[Step]:
    """Compare two texts. Joining the old sides gives the old text, the new sides the new one."""
    if len(old) * len(new) <= _AT_ONCE:
        return _readable(_by_word(old, new))
    found: list[Step] = []
    for before, after in paired(_sentences(old), _sentences(new), _words_of, _alike):
        found += _by_word(_words_of(before), _words_of(after))
    return _readable(found)


def _by_word(old: Sequence[Word], new: Sequence[Word]) -> Iterator[Step]:
    """Yield the steps between two texts; what they begin and end with alike is cut off first."""
    start = shared_length(old, new)
    end = shared_length(old[start:][::-1], new[start:][::-1])
    if start:
        yield Step(old[:start], new[:start], same=True)
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    large = len(inner_old) * len(inner_new) > _AT_ONCE
    matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=large)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield Step(inner_old[a:b], inner_new[c:d], same=tag == "equal")
    if end:
        yield Step(old[len(old) - end :], new[len(new) - end :], same=True)


def shared_length(one_list: Sequence, other_list: Sequence) -> int:
    """Return how many items two lists begin with alike."""
    count = 0
    for one, other in zip(one_list, other_list, strict=False):
        if one != other:
            break
        count += 1
    return count


@dataclass(frozen=True)
class _Sentence:
    words: tuple[Word, ...]
    said: frozenset[str]


def _sentences(words: Sequence[Word]) -> list[_Sentence]:
    found: list[_Sentence] = []
    start = 0
    for place, word in enumerate(words, 1):
        if word.text.endswith(_SENTENCE_END) or place == len(words):
            sentence = tuple(words[start:place])
            found.append(_Sentence(sentence, frozenset(w.text for w in sentence)))
            start = place
    return found


def _words_of(sentence: _Sentence | None) -> tuple[Word, ...]:
    return sentence.words if sentence else ()


def _alike(one: _Sentence, other: _Sentence) -> float:
    return overlap(one.said, other.said)


def _readable(found: Iterable[Step]) -> list[Step]:
    """Join changes that one or two kept words divide: word salad is no help to a reader."""
    joined: list[Step] = []
    for step in found:
        before = joined[-2] if len(joined) > 1 else None
        if joined and joined[-1].same == step.same:
            joined[-1] = _join(step.same, joined[-1], step)
        elif (
            before
            and not step.same
            and len(joined[-1].new) <= 2
            and min(_size(before), _size(step)) >= 3
        ):
            joined[-2:] = [_join(False, *joined[-2:], step)]
        else:
            joined.append(step)
    return joined


def _size(step: Step) -> int:
    return len(step.old) + len(step.new)


def _join(same: bool, *parts: Step) -> Step:
    old = tuple(word for part in parts for word in part.old)
    return Step(old, tuple(word for part in parts for word in part.new), same)


def marked(found: Iterable[Step], *, deleted: bool = True, inserted: bool = True) -> str:
    """Return steps as HTML with ``<del>`` and ``<ins>``; white space stays outside of both.

    Without ``inserted`` it is the old text with what was deleted marked, without ``deleted`` the
    new one.
    """
    written: list[str] = []

    def write(words: Sequence[Word], tag: str) -> None:
        if not words:
            return
        gap = words[0].gap if written else ""
        html = html_of(words)
        written.append(f"{gap}<{tag}>{html}</{tag}>" if tag else f"{gap}{html}")

    for step in found:
        if step.same:
            write(step.new, "")
            continue
        if deleted:
            write(step.old, "del")
        if inserted:
            write(step.new, "ins")
    return "".join(written)


def html_of(words: Sequence[Word]) -> str:
    """Write words with the fewest tags; the white space before the first one is left out."""
    pieces: list[str] = []
    opened: tuple[Format, ...] = ()
    for word in words:
        shared = min(shared_length(opened, word.formats), word.continued)
        pieces += [f"</{tag}>" for tag, _attributes in reversed(opened[shared:])]
        if pieces:
            pieces.append(word.gap)
        pieces += [f"<{tag}{attributes}>" for tag, attributes in word.formats[shared:]]
        opened = word.formats
        pieces.append(word.text)
    pieces += [f"</{tag}>" for tag, _attributes in reversed(opened)]
    return "".join(pieces)
