"""Previews: of a version that is saved, and of what is typed in the form and not saved yet."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.admin import ModelAdmin
from django.db import IntegrityError, transaction
from django.forms import all_valid
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pydantic import ValidationError

from publishing import clock, languages, permissions
from publishing.admin.actions.history import entry_of, revision_of
from publishing.admin.kept_rows import OVER
from publishing.models import Entry
from publishing.pages import Page
from publishing.preview import draft_page, typed_page
from publishing.views import render_page


class _NotShown(Exception):
    """What is typed can't be shown; ``problems`` are (where, what) pairs."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems


def preview(model_admin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a version as readers would get it; ``?along=1,2`` says with which newest embeds."""
    entry = entry_of(model_admin, request, pk)
    revision = revision_of(entry, str(number))
    if revision is None or revision.payload.text is None:
        raise Http404
    asked = request.GET.get("along")
    keys = (asked or "").split(",")
    along = None if asked is None else {int(pk) for pk in keys if pk.isdecimal() and len(pk) <= 18}
    return _shown(draft_page(revision, clock.now(), along=along))


@csp_replace({"frame-ancestors": [SELF]})
def typed(model_admin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show the page of what a change form holds, without saving any of it.

    The form is saved as the admin would save it, in a transaction that is rolled back. What is
    wrong in the form is shown in place of the page. The answer may stand in a frame of our own
    pages; no other page of the site may.
    """
    if request.method != "POST":
        return HttpResponseRedirect(_form_url(model_admin, pk))
    try:
        response = _shown(_compose(model_admin, request, pk))
    except _NotShown as error:
        context = {"problems": error.problems, "title": _("No preview yet")}
        response = TemplateResponse(request, "publishing/admin/preview_problem.html", context)
        _keep_private(response)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _shown(page: Page) -> HttpResponse:
    """Return the very page that readers would get; only its headers tell it apart."""
    kind = page.main.kind
    with languages.active(page.main.document.language):
        response = render_page(kind.template, kind.view(page))
    _keep_private(response)
    return response


def _keep_private(response: HttpResponse) -> None:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"


def _form_url(model_admin, pk: int | None) -> str:
    name = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    return reverse(f"{name}_change", args=[pk]) if pk else reverse(f"{name}_add")


def _compose(model_admin, request: HttpRequest, pk: int | None) -> Page:
    """Write the form's rows, compose the page from them, and take it all back."""
    try:
        with transaction.atomic():
            entry = _written(model_admin, request, _entry(model_admin, request, pk))
            page = typed_page(entry, clock.now(), by=request.user)
            transaction.set_rollback(True)
    except ValidationError as error:
        raise _NotShown([("", problem["msg"]) for problem in error.errors()]) from error
    except IntegrityError as error:
        told = _("Two rows hold the same value where each must be another.")
        raise _NotShown([("", told)]) from error
    return page


def _entry(model_admin, request: HttpRequest, pk: int | None) -> Entry | None:
    if pk is None:
        if not model_admin.has_add_permission(request):
            raise permissions.MayNot(permissions.who_may("write", model_admin.kind))
        return None
    entry = model_admin.get_object(request, str(pk))
    if entry is None:
        raise Http404
    if not model_admin.has_change_permission(request, entry):
        raise permissions.MayNot(permissions.who_may("write", model_admin.kind))
    return entry


def _written(model_admin, request: HttpRequest, entry: Entry | None) -> Entry:
    """Save the form and its rows as the admin does, but make no revision of them."""
    change = entry is not None
    data = request.POST.copy()
    if change and entry.head:
        # Somebody may have saved meanwhile; that stops a save, not a look at one's own text.
        data[OVER] = str(entry.head.number)
    form_class = model_admin.get_form(request, entry, change=change)
    form = form_class(data, request.FILES, instance=entry)
    good = form.is_valid()
    written = model_admin.save_form(request, form, change=change) if good else form.instance
    formsets, _inlines = model_admin._create_formsets(request, written, change=change)
    if not all_valid(formsets) or not good:
        raise _NotShown([*_of_form(form), *(p for rows in formsets for p in _of_rows(rows))])
    model_admin.save_model(request, written, form, change)
    # Past our own save_related, which records a revision.
    ModelAdmin.save_related(model_admin, request, form, formsets, change)
    return written


def _of_form(form, where: str = "") -> list[tuple[str, str]]:
    found = [(where, message) for message in form.non_field_errors()]
    for name, messages in form.errors.items():
        if name in form.fields:
            label = str(form.fields[name].label or name)
            found.append((f"{where}, {label}" if where else capfirst(label), messages[0]))
    return found


def _of_rows(rows) -> list[tuple[str, str]]:
    options = rows.model._meta
    found = [(capfirst(options.verbose_name_plural), m) for m in rows.non_form_errors()]
    for number, form in enumerate(rows.forms, 1):
        found += _of_form(form, f"{capfirst(options.verbose_name)} {number}")
    return found
