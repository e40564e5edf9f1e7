"""From a parsed file to drafts: the article, its questions, its supplement, the disclaimer."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from articles import kind as article_kind
from articles.documents import ArticleDocument
from articles.importing import question_drafts, supplement_drafts
from articles.importing.library import take_references, with_library_keys
from articles.importing.parsed import FileProblem, ParsedArticle, ParsedQuestion, Place
from articles.models import Article
from faq import kind as question_kind
from faq.models import Question
from publishing import disclaimer_kind, documents, richtext, verbs
from publishing.disclaimers import DisclaimerDocument
from publishing.models import Disclaimer, Entry, Revision
from publishing.richtext import from_text, to_text
from publishing.slugs import free_slug
from references import citations
from supplements import kind as supplement_kind
from supplements.models import Supplement

# Guesses at the comparison table are confirmed where the table is: on the supplement.
OF_THE_SUPPLEMENT = frozenset({"comparison", "forms"})


@dataclass
class Made:
    """What an import wrote: entries by role, and the digest that it left at each.

    ``guesses`` and ``problems`` are those that only the library could tell of.
    """

    digests: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    offered: dict = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    guesses: list[dict[str, str]] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)

    def add(self, entry: Entry, revision: Revision) -> None:
        """Note an entry and the revision that the import saved of it."""
        self.digests[str(entry.uid)] = revision.digest

    def as_data(self) -> dict:
        """Return what the import record keeps."""
        return {"digests": self.digests, "questions": self.questions}


class DraftWriter:
    """Writes the drafts of one parsed file, inside the caller's transaction."""

    def __init__(
        self, parsed: ParsedArticle, slug: str, language: str, *, by, reason: str, clock
    ) -> None:
        self.parsed = parsed
        self.slug = slug
        self.language = language
        self.by = by
        self.reason = reason
        self.clock = clock
        self.made = Made()
        self.keys: dict[str, str] = {}

    def write(self, entry: Article | None, earlier: dict, guesses: list[dict]) -> Article:
        """Write everything; ``entry`` and ``earlier`` are of the import that this one updates."""
        self.keys = take_references(self.parsed.references)
        self.made.references = set(self.keys.values())
        supplement = self._supplement(earlier)
        questions = self._questions(earlier)
        self._disclaimer()
        document = self._article(questions, supplement, guesses)
        entry = article_kind.apply(document, entry)
        self.made.add(entry, self._save(entry))
        return entry

    def _save(self, entry: Entry) -> Revision:
        return verbs.save_revision(entry, by=self.by, reason=self.reason, clock=self.clock)

    def _text(self, text: str) -> str:
        return with_library_keys(text, self.keys, html=False)

    def _html(self, text: str) -> str:
        return with_library_keys(text, self.keys, html=True)

    def _article(
        self, questions: list[Question], supplement: Supplement | None, guesses: list[dict]
    ) -> ArticleDocument:
        parsed = self.parsed
        body = self._html(parsed.body)
        if parsed.comparison and supplement:
            body = supplement_drafts.placing(body, parsed.comparison, supplement)
        document = ArticleDocument(
            slug=self.slug,
            language=self.language,
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
            guesses=[*guesses, *self.made.guesses],
        )
        return documents.replaced(document, further_references=self._uncited(document, supplement))

    def _uncited(self, document: ArticleDocument, supplement: Supplement | None) -> list[str]:
        """Return the references of the file that none of its texts cites: they stay listed."""
        said = [(piece.text, piece.html) for piece in document.texts()]
        said += [(self._html(question.answer), True) for question in self.parsed.questions]
        if supplement is not None and not self.made.offered:
            cells = (cell for row in self.parsed.comparison.rows for cell in row)
            said += [(self._text(cell), False) for cell in cells]
        cited = {key for text, html in said for key in citations.keys(text, html=html)}
        return [key for key in self.keys.values() if key not in cited]

    def _questions(self, earlier: dict) -> list[Question]:
        """Write the questions; one that the library asks already is used as it stands."""
        parsed = self.parsed.questions
        answers = [richtext.clean(self._html(question.answer)) for question in parsed]
        entries = question_drafts.matched(parsed, answers, earlier)
        made = [
            self._question(place, *row)
            for place, row in enumerate(zip(parsed, answers, entries, strict=True), 1)
        ]
        self.made.questions = [str(question.uid) for question in made]
        return made

    def _question(
        self, place: int, parsed: ParsedQuestion, answer: str, entry: Question | None
    ) -> Question:
        known = question_drafts.in_library(parsed.question, self.language, entry)
        if known is not None:
            if known.answer != answer:
                self.made.guesses.append(question_drafts.used_as_it_stands(known))
            return known
        fallback = f"{self.slug}-answer-{place}"
        document = question_drafts.document_of(parsed, answer, self.language, entry, fallback)
        entry = question_kind.apply(document, entry)
        self.made.add(entry, self._save(entry))
        return entry

    def _supplement(self, earlier: dict) -> Supplement | None:
        """Write the compared supplement, or offer the rows where one of that name exists."""
        compared = self.parsed.comparison
        if compared is None:
            return None
        rows = tuple(tuple(self._text(cell) for cell in row) for row in compared.rows)
        compared = replace(compared, rows=rows)
        known = supplement_drafts.in_library(compared, self.language)
        if known is not None and not supplement_drafts.is_own(known, earlier):
            self.made.offered, guess = supplement_drafts.offer(known, compared)
            self.made.guesses.append(guess)
            self.made.notes.append(guess["message"])
            return known
        guesses = [guess for guess in self.parsed.guesses if guess.field in OF_THE_SUPPLEMENT]
        document = supplement_drafts.document_of(compared, self.language, known, guesses, self.slug)
        entry = supplement_kind.apply(document, known)
        self.made.add(entry, self._save(entry))
        return entry

    def _disclaimer(self) -> None:
        """Compare the file's disclaimer with the site's; make a draft only where there is none."""
        text = self.parsed.disclaimer
        if not text:
            return
        spoken = Disclaimer.objects.filter(language=self.language)
        site = spoken.filter(scope=Disclaimer.Scopes.SITE).first()
        if site is None:
            title = _("About this information")
            slug = free_slug("disclaimer", "site", self.language)
            said = {"language": self.language, "title": title, "body": from_text(text)}
            document = DisclaimerDocument(slug=slug, **said)
            entry = disclaimer_kind.apply(document)
            self.made.add(entry, self._save(entry))
            message = _("The site had no disclaimer in this language; the file's became its draft.")
            hint = _("Have it signed and published, under Disclaimers.")
        elif documents.normalise_line(to_text(site.body)) == documents.normalise_line(text):
            self.made.notes.append(_("The disclaimer in the file is the site's own."))
            return
        else:
            message = _("The disclaimer in the file differs from the site's, which stays.")
            hint = _("Compare the two, under Disclaimers.")
        place = Place("disclaimer", sentence=text[:200])
        self.made.problems.append(FileProblem("DISC-1", "advice", message, hint, place, None))
