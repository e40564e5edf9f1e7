"""The admin of any entry: each save makes a revision, and the page says where the entry stands."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing import clock, kinds, permissions, state, verbs, zone
from publishing.admin import actions
from publishing.admin.forms import EntryForm
from publishing.admin.inlines import SMALL_TEXT
from publishing.admin.panel import panel_for
from publishing.comparison import changed_fields
from publishing.documents import load_payload
from publishing.locks import lock
from publishing.models import Entry

# CKEditor 4 writes inline styles and handlers; only its own pages may run them.
EDITOR_POLICY = {"style-src": [UNSAFE_INLINE], "script-src": [UNSAFE_INLINE]}


def is_key(text: str) -> bool:
    """Say whether a part of an address can be a primary key: 18 digits fit every engine."""
    return str(text).isdecimal() and len(str(text)) <= 18


class EntryAdmin(admin.ModelAdmin):
    """Base of every kind's admin. A subclass names its fields and inlines."""

    form = EntryForm
    formfield_overrides = SMALL_TEXT
    change_form_template = "publishing/admin/change_form.html"
    list_display = ("title_column", "state_column", "changed_column", "slug")
    list_per_page = 50
    ordering = ("-head__at", "-pk")

    class Media:
        css = {"all": ("publishing/desk.css",)}

    def get_queryset(self, request):
        entries = super().get_queryset(request).select_related("head__by")
        return state.with_state(entries, clock.now())

    def has_delete_permission(self, request, obj=None) -> bool:
        # An entry is withdrawn, never deleted: what was signed stays provable.
        return False

    def get_fieldsets(self, request, obj=None):
        sets = super().get_fieldsets(request, obj)
        return [
            *sets,
            (_("For this edition"), {"fields": (("change_kind",), "change_note", "base")}),
        ]

    @admin.display(description=_("title"))
    def title_column(self, entry) -> str:
        return str(entry)

    @admin.display(description=_("state"))
    def state_column(self, entry) -> str:
        found = state.listed_state(entry)
        return format_html(
            '<span class="state state-{}">{}</span>', found.value, state.STATE_LABELS[found]
        )

    @admin.display(description=_("changed"), ordering="head__at")
    def changed_column(self, entry) -> str:
        head = entry.head
        if head is None:
            return ""
        return format_html("{} · {}", zone.moment(head.at), permissions.person_name(head.by))

    def get_urls(self):
        return actions.urls(self) + super().get_urls()

    def entries_to_lock(self, entry_id: str) -> list[Entry]:
        """Return the entries that saving this form may write, locked before anything is read."""
        return list(Entry.objects.filter(pk=entry_id)) if is_key(entry_id) else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = csp_update(EDITOR_POLICY)(super().changeform_view)
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if object_id:
                lock(self.entries_to_lock(object_id))
            return view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        kind = kinds.get(self.model.kind_name)
        if obj is not None and change:
            context["panel"] = panel_for(obj, kind, request.user)
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
        reason = str(_("Saved in the admin"))
        revision = verbs.save_revision(form.instance, by=request.user, reason=reason)
        # On the request: one admin object serves every thread.
        request.saved_nothing = revision.pk == before

    def response_change(self, request, obj):
        if getattr(request, "saved_nothing", False):
            self.message_user(
                request, _("Nothing was changed, so there is no new version."), messages.INFO
            )
            return (
                self.response_post_save_change(request, obj)
                if "_save" in request.POST
                else (super().response_change(request, obj))
            )
        return super().response_change(request, obj)

    def log_change(self, request, obj, message):
        """The Change ledger is the log; Django's own would say the same a second time."""

    def log_addition(self, request, obj, message):
        """See log_change."""
