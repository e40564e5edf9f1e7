"""Questions and terms in the admin."""

from django.contrib import admin
from django.db.models import Case, Q, TextField, Value, When
from django.utils.translation import gettext_lazy as _

from faq.documents import name_of
from faq.models import Question, Term
from publishing import clock, word_list
from publishing.admin.entries import EntryAdmin
from publishing.admin.inlines import OPEN, AuthorshipInline, GuessInline
from publishing.admin.used_on import UsedOn
from publishing.models import Edition, EditionQuerySet, EditionTie, Entry
from references.admin import CitationInline, FurtherReferenceInline


@admin.register(Question)
class QuestionAdmin(UsedOn, EntryAdmin):
    tie = EditionTie.EMBED
    fieldsets = (
        (None, {"fields": ("question", "slug", "answer")}),
        (_("About"), {"fields": ("topics",), "classes": OPEN}),
    )
    inlines = (GuessInline, AuthorshipInline, FurtherReferenceInline, CitationInline)
    search_fields = ("question", "slug")
    autocomplete_fields = ("topics",)
    prepopulated_fields = {"slug": ("question",)}

    def get_queryset(self, request):
        # Lists leave answers unread, but for those that have no question yet to name them by.
        untitled = Case(
            When(question="", then="answer"), default=Value(""), output_field=TextField()
        )
        return super().get_queryset(request).annotate(untitled_answer=untitled)

    @admin.display(description=_("title"), ordering="sorted_title")
    def title_column(self, question) -> str:
        return name_of(question.question, question.untitled_answer) or str(question)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "answer":
            field.help_text = _("Answer in the first sentence. Cite as [@key].")
        return field


@admin.register(Term)
class TermAdmin(UsedOn, EntryAdmin):
    fieldsets = (
        (None, {"fields": ("name", "slug", "other_names", "definition", "body")}),
        (_("About"), {"fields": ("topics",), "classes": OPEN}),
    )
    inlines = (GuessInline, AuthorshipInline, FurtherReferenceInline, CitationInline)
    search_fields = ("name", "slug", "other_names")
    autocomplete_fields = ("topics",)
    prepopulated_fields = {"slug": ("name",)}

    def pages_using(self, obj) -> EditionQuerySet:
        """Return the editions, live or scheduled, whose text names the term, by title."""
        names = [name for name in (obj.name, *obj.other_names.splitlines()) if name.strip()]
        named = Q(pk__in=[])
        for name in names:
            # The words first: they tell the few texts that are worth reading.
            held = Entry.objects.filter(word_list.holding(word_list.words_in(name), whole=True))
            named |= Q(entry__in=held, revision__payload__text__icontains=name.strip())
        found = Edition.objects.held().ending_after(clock.now()).filter(named)
        return found.exclude(entry=obj.pk).order_by("title", "live_from", "pk")
