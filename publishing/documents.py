"""The Document: what a draft says, in full, as typed data.

Each kind has one subclass of EntryDocument. Text is normalised when a Document is made, so that a
browser's line ends or an editor's white space never make a new digest. The canonical form is
RFC 8785 JSON without the fields that hold their default, so that a new optional field changes no
old digest.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from uuid import UUID

import rfc8785
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, field_validator

from publishing import richtext

_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def normalise_text(text: str) -> str:
    """Return text in NFC with LF line ends, no control characters and no outer white space.

    Raises ValueError for a lone surrogate, which is not text in any encoding.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("The text holds half a character (a lone surrogate).") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return unicodedata.normalize("NFC", _UNSAFE.sub("", text)).strip()


def normalise_line(text: str) -> str:
    """Return text as one line: normalised, with every run of white space a single space."""
    return " ".join(normalise_text(text).split())


def normalise_amount(value: object) -> str:
    """Return a decimal amount as its shortest plain string: ``"350"``, ``"37.5"``, ``""``.

    Raises ValueError where the value is no finite decimal number.
    """
    text = str(value).strip()
    if not text:
        return ""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"“{text}” is not a number.") from error
    if not number.is_finite():
        raise ValueError(f"“{text}” is not a number.")
    plain = format(abs(number) if number.is_zero() else number, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def _unique(given: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(each for each in given if each))


Text = Annotated[str, AfterValidator(normalise_text)]
Line = Annotated[str, AfterValidator(normalise_line)]
Html = Annotated[str, AfterValidator(richtext.clean)]
Amount = Annotated[str, BeforeValidator(normalise_amount)]
UidSet = Annotated[tuple[UUID, ...], AfterValidator(lambda uids: tuple(sorted(set(uids))))]
KeyList = Annotated[tuple[Line, ...], AfterValidator(_unique)]
UidList = Annotated[tuple[UUID, ...], AfterValidator(_unique)]

ChangeKind = Literal["", "correction", "update", "minor"]
KeyPointKind = Literal["effect", "fact", "advice"]
Certainty = Literal["", "high", "moderate", "low", "very_low", "not_graded"]
Grader = Literal["", "source", "us"]
HelpLevel = Literal["emergency", "urgent", "appointment"]


class Part(BaseModel):
    """A frozen piece of a Document; unknown fields are refused, never dropped in silence.

    ``unsaid`` are fields that hold a name or a pointer, and no words for readers.
    """

    unsaid: ClassVar[frozenset[str]] = frozenset()
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeyPoint(Part):
    """One sentence that the page stands for. An effect carries its GRADE certainty."""

    label: Line = ""
    text: Text = ""
    kind: KeyPointKind = "fact"
    certainty: Certainty = ""
    certainty_reason: Line = ""
    study_design: Line = ""
    graded_by: Grader = ""
    editorial: bool = False


class GetHelp(Part):
    """Whom to contact, and for which signs, at one of three levels of urgency."""

    level: HelpLevel
    contact: Line = ""
    signs: Text = ""


class Author(Part):
    """A contributor's uid and what they did (“author”, “contributing writer”, …)."""

    contributor: UUID
    role: Line = "author"


class Guess(Part):
    """Something that an import guessed and nobody has confirmed yet."""

    field: Line
    heading: Line = ""
    message: Line


class Original(Part):
    """What a translation was made from: an entry, and which version of its text."""

    uid: UUID
    number: int
    digest: Line


@dataclass(frozen=True)
class TextPiece:
    """One text of a Document: its field (“key_points.2.text” names a row), and if it is HTML."""

    field: str
    text: str
    html: bool = False


class EntryDocument(Part):
    """What every kind of entry says of itself."""

    slug: Line
    language: Line = "en"
    change_kind: ChangeKind = ""
    change_note: Text = ""
    guesses: tuple[Guess, ...] = ()
    original: Original | None = None

    @property
    def display_title(self) -> str:
        """The title under which lists, refusals and related links show this entry."""
        raise NotImplementedError(f"{type(self).__name__} names no title")

    def texts(self) -> tuple[TextPiece, ...]:
        """Return every text that readers see, in reading order."""
        raise NotImplementedError(f"{type(self).__name__} lists no texts")


class SourcedDocument(EntryDocument):
    """What the kinds with health claims share: topics, authors and references."""

    topics: UidSet = ()
    authors: tuple[Author, ...] = ()
    further_references: KeyList = ()

    @field_validator("authors")
    @classmethod
    def _each_author_once(cls, authors: tuple[Author, ...]) -> tuple[Author, ...]:
        return tuple({author.contributor: author for author in reversed(authors)}.values())[::-1]


class PageDocument(SourcedDocument):
    """What the kinds with a page of claims share: other names, summary, key points, get-help."""

    other_names: KeyList = ()
    quick_summary: Text = ""
    key_points: tuple[KeyPoint, ...] = ()
    get_help: tuple[GetHelp, ...] = ()

    @field_validator("get_help")
    @classmethod
    def _each_level_once(cls, texts: tuple[GetHelp, ...]) -> tuple[GetHelp, ...]:
        levels = [text.level for text in texts]
        if len(levels) != len(set(levels)):
            raise ValueError("Each level of urgency may be given once.")
        return texts

    def opening_texts(self) -> Iterable[TextPiece]:
        """Yield the texts above the lead, in reading order."""
        yield TextPiece("other_names", "\n".join(self.other_names))
        yield TextPiece("quick_summary", self.quick_summary)
        for row, help_text in enumerate(self.get_help, 1):
            yield TextPiece(f"get_help.{row}.contact", help_text.contact)
            yield TextPiece(f"get_help.{row}.signs", help_text.signs)
        for row, point in enumerate(self.key_points, 1):
            yield TextPiece(f"key_points.{row}.label", point.label)
            yield TextPiece(f"key_points.{row}.text", point.text)


AnyDocument = TypeVar("AnyDocument", bound=EntryDocument)


def canonical(value: Any) -> str:
    """Return JSON-like data as RFC 8785 canonical text. Raises ValueError for floats."""
    _refuse_floats(value)
    return rfc8785.dumps(value).decode()


def document_data(document: EntryDocument) -> dict[str, Any]:
    """Return the Document as JSON-ready data without the fields that hold their default."""
    return document.model_dump(mode="json", exclude_defaults=True)


def payload_text(document: EntryDocument, sources: dict[str, Any]) -> str:
    """Return the canonical text of ``{document, sources}``, the thing that is digested."""
    return canonical({"document": document_data(document), "sources": sources})


def digest(text: str) -> str:
    """Return the SHA-256 of text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def load_payload(model: type[EntryDocument], text: str) -> tuple[EntryDocument, dict[str, Any]]:
    """Read a stored payload back into its Document and sources."""
    data = json.loads(text)
    return model.model_validate(data["document"]), data["sources"]


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise ValueError("A float has no one canonical text; use a decimal string.")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def replaced(document: AnyDocument, **changes: Any) -> AnyDocument:
    """Return a copy with fields replaced, validated and normalised again."""
    return type(document).model_validate({**document.model_dump(), **changes})
