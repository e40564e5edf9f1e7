"""Articles and static pages in the admin."""

from django import forms
from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles import import_pages
from articles.models import (
    Article,
    ArticleComparison,
    ArticleQuestion,
    RelatedArticle,
    StaticPage,
)
from publishing import kinds, languages, permissions, verbs
from publishing.admin.entries import EntryAdmin
from publishing.admin.figures import FigureInline
from publishing.admin.inlines import (
    OPEN,
    AuthorshipInline,
    GetHelpInline,
    GuessInline,
    KeyPointInline,
    RowInline,
    RowTable,
    swappable,
)
from publishing.admin.kept_rows import is_key
from publishing.models import Entry
from publishing.richtext import to_text
from publishing.slugs import free_slug, slug_from
from references.admin import CitationInline, FurtherReferenceInline


class PlacedQuestionForm(forms.ModelForm):
    """A placed question; where its words are still missing, one field to type them."""

    words = forms.CharField(
        required=False,
        max_length=300,
        label=_("Type the question that this answers"),
    )

    class Meta:
        model = ArticleQuestion
        fields = ("question", "words", "position")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.instance.pk and not self.instance.question.question
        if waiting:
            self.fields["words"].help_text = Truncator(
                to_text(self.instance.question.answer)
            ).words(60)
        else:
            self.fields["words"].widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        typed = (cleaned.get("words") or "").strip()
        asked = self.instance.question.question if self.instance.pk else ""
        if typed and asked and typed != asked:
            raise forms.ValidationError(
                _("Somebody typed this question first: “%(asked)s”. You typed: “%(typed)s”."),
                params={"asked": asked, "typed": typed},
            )
        return cleaned


class PlacedQuestionInline(RowInline):
    model = ArticleQuestion
    form = PlacedQuestionForm
    formset = swappable("question")
    fields = (("question", "position"), "words")
    autocomplete_fields = ("question",)


class ComparisonInline(RowTable):
    model = ArticleComparison
    formset = swappable("supplement")
    fields = ("supplement", "position")
    autocomplete_fields = ("supplement",)


class RelatedArticleInline(RowTable):
    model = RelatedArticle
    formset = swappable("to")
    fk_name = "article"
    fields = ("to", "reason", "position")
    autocomplete_fields = ("to",)


@admin.register(Article)
class ArticleAdmin(EntryAdmin):
    fieldsets = (
        (None, {"fields": ("title", "slug", "other_names", "quick_summary", "lead")}),
        (_("Text"), {"fields": ("body",), "classes": OPEN}),
        (_("About"), {"fields": ("topics", "requested_reviewer", "funding"), "classes": OPEN}),
    )
    inlines = (
        GuessInline,
        KeyPointInline,
        GetHelpInline,
        FigureInline,
        PlacedQuestionInline,
        ComparisonInline,
        AuthorshipInline,
        FurtherReferenceInline,
        CitationInline,
        RelatedArticleInline,
    )
    change_form_template = "articles/admin/article_form.html"
    change_list_template = "articles/admin/article_list.html"
    search_fields = ("title", "slug")
    autocomplete_fields = ("topics", "requested_reviewer")
    prepopulated_fields = {"slug": ("title",)}

    def get_urls(self):
        return import_pages.urls(self) + super().get_urls()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["imports"] = list(obj.imports.defer("original").select_related("by"))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changelist_view(self, request, extra_context=None):
        may = permissions.may(request.user, "write", kinds.get("article"))
        return super().changelist_view(request, {**(extra_context or {}), "may_import": may})

    def entries_to_lock(self, entry_id: str) -> list[Entry]:
        """Lock the article, and the questions whose words may be typed in its form."""
        if not is_key(entry_id):
            return []
        placed = ArticleQuestion.objects.filter(article=entry_id, question__question="")
        keys = [int(entry_id), *placed.values_list("question_id", flat=True)]
        return list(Entry.objects.filter(pk__in=keys))

    def save_formset(self, request, form, formset, change) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is ArticleQuestion:
            for row in formset.forms:
                words = getattr(row, "cleaned_data", {}).get("words", "").strip()
                if words and not row.instance.question.question:
                    self._ask(row.instance, words, request.user)

    def _ask(self, placed: ArticleQuestion, words: str, user) -> None:
        """Give an answer its question, and an address made from it."""
        question = placed.question
        question.question = words
        question.slug = free_slug("question", slug_from(words) or question.slug, but=question.pk)
        question.save()
        with languages.in_default():
            reason = str(_("Question typed in its article"))
        verbs.save_revision(question, by=user, reason=reason)


@admin.register(StaticPage)
class StaticPageAdmin(EntryAdmin):
    fieldsets = ((None, {"fields": ("title", "slug", "body")}),)
    inlines = (GuessInline,)
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
