"""The admin of any entry: each save makes a revision, and the page says where the entry stands."""

import re

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing import clock, kinds, languages, permissions, share_links, verbs
from publishing.admin import actions, presence
from publishing.admin.forms import EntryForm
from publishing.admin.inlines import (
    OPEN,
    SMALL_TEXT,
    KeyField,
    KeysField,
    KnownSelect,
    KnownSelectMultiple,
)
from publishing.admin.kept_rows import OVER, is_key
from publishing.admin.lists import EntryLists
from publishing.admin.panel import panel_for
from publishing.admin.review.comments import open_comments
from publishing.comparison import changed_fields
from publishing.documents import load_payload
from publishing.locks import lock
from publishing.models import Entry

# CKEditor 4 writes inline styles and handlers; only its own pages may run them.
EDITOR_POLICY = {
    "style-src": [UNSAFE_INLINE],
    "script-src": [UNSAFE_INLINE],
    "frame-src": [SELF],  # the preview beside the form
}

# The browser names its copy of unsaved typing by this field; the cookie says which one was saved.
TYPING = "_typing"
SAVED_COOKIE = "desk_saved"
_TYPING_NAME = re.compile(r"[0-9a-f-]{8,40}\Z")


class EntryAdmin(EntryLists):
    """Base of every kind's admin. A subclass names its fields and inlines."""

    form = EntryForm
    formfield_overrides = SMALL_TEXT
    change_form_template = "publishing/admin/change_form.html"

    class Media:
        css = {"all": ("publishing/desk.css",)}

    def has_delete_permission(self, request, obj=None) -> bool:
        # An entry is withdrawn, never deleted: what was signed stays provable.
        return False

    def get_fieldsets(self, request, obj=None):
        sets = super().get_fieldsets(request, obj)
        if obj is None and len(languages.every()) > 1:
            sets = [(None, {"fields": ("written_in",)}), *sets]
        return [
            *sets,
            (
                _("For this edition"),
                {"fields": (("change_kind",), "change_note", "base"), "classes": OPEN},
            ),
        ]

    def get_queryset(self, request):
        if not getattr(request, "opens_one", False):
            return super().get_queryset(request)
        # One entry's state is the panel's to read; the list's columns would be read for nothing.
        chosen = [f.name for f in self.opts.fields if f.name in self.autocomplete_fields]
        return ModelAdmin.get_queryset(self, request).select_related("head__by", *chosen)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)
            kwargs["form_class"] = KeyField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)
            kwargs["form_class"] = KeysField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_urls(self):
        return actions.urls(self) + presence.urls(self) + super().get_urls()

    def entries_to_lock(self, entry_id: str) -> list[Entry]:
        """Return the entries that saving this form may write, locked before anything is read."""
        return list(Entry.objects.filter(pk=entry_id)) if is_key(entry_id) else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        self._require_writer(request, object_id)
        view = csp_update(EDITOR_POLICY)(super().changeform_view)
        request.opens_one = True
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        try:
            response = self._saved(view, request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody else took an address, or a place among the rows, since the form was checked.
            request.clashed = True
            response = self._saved(view, request, object_id, form_url, extra_context)
        return self._forget_typing(request, response)

    def _require_writer(self, request, object_id) -> None:
        """Refuse a new text, or a form that was sent, to who can't write; they may still look."""
        if object_id is None:
            may = self.has_add_permission(request)
        else:
            may = request.method != "POST" or self.has_change_permission(request)
        if not may:
            raise permissions.MayNot(permissions.who_may("write", self.kind))

    @transaction.atomic
    def _saved(self, view, request, object_id, form_url, extra_context):
        if object_id:
            lock(self.entries_to_lock(object_id))
        return view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.clashed = getattr(request, "clashed", False)
        return form

    def _forget_typing(self, request, response):
        """Tell the browser, once the save is done, that it may drop its copy of what was typed."""
        name = request.POST.get(TYPING, "")
        if getattr(request, "saved", False) and _TYPING_NAME.match(name):
            home = reverse(f"{self.admin_site.name}:index")
            response.set_cookie(SAVED_COOKIE, name, path=home, samesite="Lax", max_age=86_400)
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        kind = kinds.get(self.model.kind_name)
        typing = request.POST.get(TYPING, "")
        context |= {"kind": kind, "saved_cookie": SAVED_COOKIE, "typing": typing}
        if obj is not None and change:
            at = clock.now()
            if self.has_change_permission(request, obj):
                presence.touch(obj, request.user, at)
            context["may_share"] = share_links.may_share(request.user, obj)
            context.update(open_comments(obj, request.user))
            context["panel"] = panel_for(obj, kind, request.user, at)
            form = context["adminform"].form
            context.update(self._collision(form))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _collision(self, form) -> dict:
        """Return both texts after a refused save: what the other person changed."""
        head = getattr(form, "collision", None)
        if head is None:
            return {}
        kind = kinds.get(self.model.kind_name)
        base = head.entry.revisions.filter(number=form.cleaned_data["base"]).first()
        if base is None or base.payload.text is None:
            return {"collision": head}
        before = load_payload(kind.document, base.payload.text)[0]
        after = load_payload(kind.document, head.payload.text)[0]
        return {"collision": head, "collision_changes": changed_fields(before, after)}

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        before = form.instance.head_id
        with languages.in_default():
            reason = str(_("Saved in the admin"))
        revision = verbs.save_revision(form.instance, by=request.user, reason=reason)
        # On the request: one admin object serves every thread.
        request.saved = True
        request.saved_nothing = revision.pk == before

    def response_change(self, request, obj):
        if OVER in request.POST:
            # Whoever brought two texts together stays to look at what came of it.
            request.POST = request.POST.copy()
            request.POST["_continue"] = request.POST[OVER]
        if not getattr(request, "saved_nothing", False) or IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        told = _("Nothing was changed, so there is no new version.")
        self.message_user(request, told, messages.INFO)
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        if "_addanother" in request.POST:
            return HttpResponseRedirect(reverse(admin_urlname(self.opts, "add")))
        return self.response_post_save_change(request, obj)

    def log_change(self, request, obj, message):
        """The Change ledger is the log; Django's own would say the same a second time."""

    def log_addition(self, request, obj, message):
        """See log_change."""
