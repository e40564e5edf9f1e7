"""Import in the admin: paste or upload, read the report, then make the draft."""

import base64
import binascii

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.offers import rows_to_take, take_offered_rows
from articles.importing.recognition import plain_name
from articles.importing.run import import_file
from articles.models import Article, ImportRecord
from publishing import kinds, languages, permissions
from publishing.refusals import Refused

MAX_UPLOAD = 4_000_000
PASTED = "pasted"
FORMATS = (("txt", gettext_lazy("Plain text")), ("html", "HTML"), ("md", "Markdown"))
_DONE = {
    "created": gettext_lazy("The draft is made. Nothing is public."),
    "updated": gettext_lazy("The draft is updated. Nothing is public."),
    "unchanged": gettext_lazy("This file was imported before. Nothing was changed."),
}


class ImportForm(forms.Form):
    """A file, or a pasted text with its format; ``kept`` carries the file to the second step."""

    file = forms.FileField(
        required=False,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A .txt, .html or .md file."),
        widget=forms.FileInput(attrs={"accept": ".txt,.html,.htm,.md,.markdown,.mdx"}),
    )
    text = forms.CharField(
        required=False,
        label=gettext_lazy("Or paste the article"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    format = forms.ChoiceField(
        choices=FORMATS, required=False, initial="txt", label=gettext_lazy("The pasted text is")
    )
    language = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Language"),
        error_messages={
            "invalid_choice": gettext_lazy(
                "“%(value)s” is none of the site's languages. Choose one of the list."
            )
        },
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    kept_name = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        codes = languages.every()
        told = _("What the file says, or else %(language)s") % {
            "language": languages.translated_name(codes[0])
        }
        own = [(code, languages.own_name(code)) for code in codes]
        self.fields["language"].choices = [("", told), *own]
        if len(codes) == 1:
            self.fields["language"].widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kept"):
            try:
                data = base64.b64decode(cleaned["kept"], validate=True)
            except binascii.Error:
                raise forms.ValidationError(
                    _("The file did not arrive whole. Choose it again.")
                ) from None
            cleaned["source"] = (data, plain_name(cleaned.get("kept_name") or f"{PASTED}.txt"))
        elif cleaned.get("file"):
            upload = cleaned["file"]
            if upload.size > MAX_UPLOAD:
                raise forms.ValidationError(
                    _("The file is larger than 4 MB. Save the article alone as text.")
                )
            cleaned["source"] = (upload.read(), plain_name(upload.name))
        elif cleaned.get("text", "").strip():
            name = f"{PASTED}.{cleaned.get('format') or 'txt'}"
            cleaned["source"] = (cleaned["text"].replace("\r\n", "\n").encode(), name)
        else:
            raise forms.ValidationError(_("Choose a file, or paste the article."))
        return cleaned


def urls(model_admin) -> list:
    """Return the addresses of the import pages, for the article's admin."""

    def view(function):
        return model_admin.admin_site.admin_view(
            lambda request, **parts: function(model_admin, request, **parts)
        )

    return [
        path("import/", view(import_page), name="articles_article_import"),
        path("imports/<int:pk>/", view(record_page), name="articles_article_import_record"),
        path("imports/<int:pk>/file/", view(original), name="articles_article_import_file"),
    ]


def import_page(model_admin, request: HttpRequest) -> HttpResponse:
    """Show the form; then the report of a dry run; then make the draft."""
    if not permissions.may(request.user, "write", kinds.get("article")):
        raise permissions.MayNot(permissions.who_may("write", kinds.get("article")))
    sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
    report = kept = article = None
    if sent and form.is_valid():
        data, name = form.cleaned_data["source"]
        for_good = "_import" in request.POST
        language = form.cleaned_data.get("language", "")
        report = import_file(data, name, by=request.user, language=language, dry_run=not for_good)
        if report.outcome != "failed":
            encoded = base64.b64encode(data).decode()
            kept = {"data": encoded, "name": name, "language": language}
            found = Article.objects.filter(slug=report.slug, language=report.language)
            article = found.first()
            if for_good:
                messages.success(request, _DONE[report.outcome])
                return redirect("admin:articles_article_change", article.pk)
        elif name.rpartition(".")[0] == PASTED:
            ending = name.rpartition(".")[2]
            again = {"text": data.decode(), "format": ending, "language": language}
            form = ImportForm(initial=again)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": _("Import an article"),
        "form": form,
        "report": report,
        "kept": kept,
        "article": article,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "articles/admin/import.html", context)


def record_page(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show an import's report, and the rows that it offers; take them where asked."""
    record = _record(model_admin, request, pk)
    if request.method == "POST":
        try:
            take_offered_rows(record, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The rows are in the supplement's draft, to be confirmed."))
        return HttpResponseRedirect(request.path)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": _("Import of %(file)s") % {"file": record.filename},
        "record": record,
        "to_take": rows_to_take(record),
        "media": model_admin.media,
    }
    return TemplateResponse(request, "articles/admin/import_record.html", context)


def original(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Give back the very bytes that were imported, as a download."""
    record = _record(model_admin, request, pk)
    response = HttpResponse(bytes(record.original), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, record.filename)
    return response


def _record(model_admin, request: HttpRequest, pk: int) -> ImportRecord:
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    record = ImportRecord.objects.select_related("article", "by").filter(pk=pk).first()
    if record is None:
        raise Http404
    return record
