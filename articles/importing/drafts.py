"""From a parsed file to drafts: the article, its questions, its supplement, the disclaimer."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles import kind as article_kind
from articles.documents import ArticleDocument
from articles.importing.comparison import column_field
from articles.importing.library import take_references, with_library_keys
from articles.importing.parsed import ParsedArticle, ParsedComparison, ParsedQuestion
from articles.models import Article
from faq import kind as question_kind
from faq.documents import QuestionDocument
from faq.models import Question
from publishing import disclaimer_kind, documents, verbs
from publishing.disclaimers import DisclaimerDocument
from publishing.models import Disclaimer, Entry, Revision
from publishing.richtext import from_text, to_text
from publishing.slugs import free_slug, slug_from
from supplements import kind as supplement_kind
from supplements.documents import SupplementDocument
from supplements.models import Supplement

_COLUMNS = {"absorption": "absorption", "use": "common_use", "side_effects": "side_effects"}


@dataclass
class Made:
    """What an import wrote: entries by role, and the digest that it left at each."""

    digests: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    offered: dict = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, entry: Entry, revision: Revision) -> None:
        """Note an entry and the revision that the import saved of it."""
        self.digests[str(entry.uid)] = revision.digest

    def as_data(self) -> dict:
        """Return what the import record keeps."""
        return {"digests": self.digests, "questions": self.questions}


class DraftWriter:
    """Writes the drafts of one parsed file, inside the caller's transaction."""

    def __init__(self, parsed: ParsedArticle, slug: str, *, by, reason: str, clock) -> None:
        self.parsed = parsed
        self.slug = slug
        self.by = by
        self.reason = reason
        self.clock = clock
        self.made = Made()
        self.keys: dict[str, str] = {}

    def write(self, entry: Article | None, earlier: dict, guesses: list[dict]) -> Article:
        """Write everything; ``entry`` and ``earlier`` are of the import that this one updates."""
        self.keys = take_references(self.parsed.references)
        supplement, offered_guess = self._supplement(earlier)
        questions = [
            self._question(place, question, earlier)
            for place, question in enumerate(self.parsed.questions, 1)
        ]
        self._disclaimer()
        document = self._article(questions, supplement, [*guesses, *offered_guess])
        if entry is not None:
            document = self._keeping(document, entry)
        entry = article_kind.apply(document, entry)
        self.made.add(entry, self._save(entry))
        return entry

    def _save(self, entry: Entry) -> Revision:
        return verbs.save_revision(entry, by=self.by, reason=self.reason, clock=self.clock)

    def _text(self, text: str) -> str:
        return with_library_keys(text, self.keys)

    def _article(
        self, questions: list[Question], supplement: Supplement | None, guesses: list[dict]
    ) -> ArticleDocument:
        parsed = self.parsed
        body = self._text(parsed.body)
        if parsed.comparison and supplement:
            token = f"[[forms:{slug_from(parsed.comparison.supplement)}]]"
            body = body.replace(token, f"[[forms:{supplement.slug}]]")
        return ArticleDocument(
            slug=self.slug,
            title=parsed.title,
            lead=self._text(parsed.lead),
            quick_summary=self._text(parsed.quick_summary),
            key_points=[
                {"label": point.label, "text": self._text(point.text)}
                for point in parsed.key_points
            ],
            body=body,
            questions=[question.uid for question in questions],
            comparisons=[supplement.uid] if supplement else [],
            further_references=self._uncited(body),
            guesses=guesses,
        )

    def _uncited(self, body: str) -> list[str]:
        """Return the references of the file that none of its texts cites: they stay listed."""
        said = " ".join(
            (
                body,
                self.parsed.lead,
                self.parsed.quick_summary,
                *(self._text(point.text) for point in self.parsed.key_points),
                *(self._text(question.answer) for question in self.parsed.questions),
            )
        )
        return [key for key in self.keys.values() if f"@{key}" not in said]

    def _keeping(self, document: ArticleDocument, entry: Article) -> ArticleDocument:
        """Keep what the draft has and the file cannot say: topics, authors and so on."""
        before = article_kind.to_document(entry)
        kept = {
            name: getattr(before, name)
            for name in ("topics", "authors", "requested_reviewer", "funding", "related")
        }
        return documents.replaced(document, slug=before.slug, get_help=before.get_help, **kept)

    def _question(self, place: int, parsed: ParsedQuestion, earlier: dict) -> Question:
        """Write one question; one that the library asks already is used as it stands."""
        uids = earlier.get("questions", [])
        entry = None
        if place <= len(uids):
            entry = Question.objects.filter(uid=uids[place - 1]).first()
        if parsed.question:
            same = Question.objects.filter(
                question__iexact=documents.normalise_line(parsed.question)
            )
            known = same.exclude(pk=entry.pk if entry else None).first()
            if known is not None:
                self.made.questions.append(str(known.uid))
                self.made.notes.append(
                    _("The library already asks “%(question)s”; its answer was left as it is.")
                    % {"question": known.question}
                )
                return known
        wanted = slug_from(parsed.question) or f"{self.slug}-answer-{place}"
        document = QuestionDocument(
            slug=entry.slug if entry else free_slug("question", wanted),
            question=parsed.question,
            answer=self._text(parsed.answer),
        )
        entry = question_kind.apply(document, entry)
        self.made.add(entry, self._save(entry))
        self.made.questions.append(str(entry.uid))
        return entry

    def _supplement(self, earlier: dict) -> tuple[Supplement | None, list[dict]]:
        """Write the compared supplement, or offer the rows where one of that name exists."""
        compared = self.parsed.comparison
        if compared is None:
            return None, []
        slug = slug_from(compared.supplement) or f"{self.slug}-supplement"
        known = Supplement.objects.filter(slug=slug, language="en").first()
        own = known is not None and str(known.uid) in earlier.get("digests", {})
        if known is not None and not own:
            return known, self._offer(known, compared)
        document = SupplementDocument(
            slug=slug,
            title=compared.supplement,
            forms=[form_of(compared, row) for row in compared.rows],
            guesses=[
                {
                    "field": "forms",
                    "message": _("The table's columns were lost in the file and are guessed."),
                }
            ]
            if compared.guessed
            else [],
        )
        entry = supplement_kind.apply(document, known)
        self.made.add(entry, self._save(entry))
        return entry, []

    def _offer(self, known: Supplement, compared: ParsedComparison) -> list[dict]:
        said = {form.name.casefold() for form in known.forms.all()}
        rows = [list(row) for row in compared.rows if row[0].casefold() not in said]
        note = _(
            "The supplement “%(name)s” exists and was not changed. The file's %(count)d rows are "
            "offered beside the draft."
        ) % {"name": known.title, "count": len(compared.rows)}
        self.made.notes.append(note)
        self.made.offered = {
            "supplement": str(known.uid),
            "columns": list(compared.columns),
            "rows": [list(row) for row in compared.rows],
            "new": len(rows),
        }
        return [{"field": "comparisons", "message": note}]

    def _disclaimer(self) -> None:
        """Compare the file's disclaimer with the site's; make a draft only where there is none."""
        text = self.parsed.disclaimer
        if not text:
            return
        site = Disclaimer.objects.filter(scope=Disclaimer.Scopes.SITE).first()
        if site is None:
            slug = free_slug("disclaimer", "site")
            document = DisclaimerDocument(
                slug=slug,
                title=_("About this information"),
                body=from_text(text),
            )
            entry = disclaimer_kind.apply(document)
            self.made.add(entry, self._save(entry))
            self.made.notes.append(_("The site had no disclaimer; the file's became its draft."))
        elif documents.normalise_line(to_text(site.body)) == documents.normalise_line(text):
            self.made.notes.append(_("The disclaimer in the file is the site's own."))
        else:
            self.made.notes.append(
                _("The disclaimer in the file differs from the site's, which stays: “%(text)s”")
                % {"text": text[:200]}
            )


def form_of(compared: ParsedComparison, row: tuple[str, ...]) -> dict[str, str]:
    """Return a table row as the fields of a form; columns that stand for nothing are told."""
    form: dict[str, str] = {"name": row[0]}
    for header, cell in zip(compared.columns[1:], row[1:], strict=False):
        name = _COLUMNS.get(column_field(header))
        if name:
            form[name] = f"{form[name]}; {cell}" if name in form else cell
        elif cell:
            form["common_use"] = "; ".join(
                filter(None, (form.get("common_use"), f"{header}: {cell}"))
            )
    return form
