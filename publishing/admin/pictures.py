"""The library of pictures: uploading, looking through, and where each is used."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import router, transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.used_on import RegisterUsedOn
from publishing.models import Picture
from publishing.pictures import frozen, library, reading
from publishing.pictures.figures import url
from publishing.pictures.renditions import widths
from publishing.refusals import Refused

SAID = ("title", "credit", "licence", "source")


def thumbnail(picture: Picture, width: int = 320) -> SafeString:
    """Return a small size of a picture, which its title names beside it."""
    shown = min(widths(picture.width), key=lambda w: abs(w - width))
    return format_html(
        '<img class="desk-picture" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        url(picture.digest, f"{shown}.webp"),
        shown,
        round(picture.height * shown / picture.width),
    )


class UploadForm(forms.ModelForm):
    """A file with its credit. Everything about the file is refused at the file's own field."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, up to 15 MB and 40 million pixels. Place, time and camera are "
            "taken out of it."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": gettext_lazy("Not added. Choose a file."),
            "empty": gettext_lazy("Not added. The file is empty. Choose another one."),
        },
    )
    by: Any = None

    class Meta:
        model = Picture
        fields = SAID

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            reading.require_size(upload.size)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return upload

    def _post_clean(self) -> None:
        """Add the picture once all that was typed is right."""
        super()._post_clean()
        upload = self.cleaned_data.get("file")
        if upload is None:
            return
        if self.errors:
            again = _("Choose the file again: browsers don't keep it. What you typed is kept.")
            self.add_error("file", again)
            return
        said = {name: self.cleaned_data[name] for name in SAID}
        try:
            self.instance = library.add_picture(upload.read(), by=self.by, **said)
        except library.Known as known:
            self.add_error("file", _known(known))
        except Refused as refusal:
            self.add_error("file", refusal.message)


def _known(known: library.Known) -> SafeString:
    change = reverse("admin:publishing_picture_change", args=[known.picture.pk])
    return format_html('{} <a href="{}">{}</a>', known.message, change, _("Open it"))


@admin.register(Picture)
class PictureAdmin(RegisterUsedOn, admin.ModelAdmin):
    tie = frozen.TIE
    list_display = ("small", "title", "size", "credit", "licence", "texts")
    list_display_links = ("title",)
    search_fields = ("title", "credit", "digest")
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(_texts=Count("figures__entry", distinct=True))

    def get_fields(self, request, obj=None):
        return ("file", *SAID) if obj is None else ("large", *SAID, "size", "digest", "by", "at")

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else ("large", "size", "digest", "by", "at")

    def get_form(self, request, obj=None, change=False, **kwargs):
        if change:
            return super().get_form(request, obj, change, **kwargs)
        return type("Upload", (UploadForm,), {"by": request.user})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is not None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # Without a transaction round it: making all sizes takes seconds, and nobody else could
        # save meanwhile. The verb has its own.
        return self._changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change) -> None:
        """Save what is said of a picture; a new one was added by its verb."""
        if change:
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None) -> bool:
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return not (obj.figures.exists() or frozen.is_kept(obj))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        try:
            with transaction.atomic(using=router.db_for_write(self.model)):
                return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            change = reverse("admin:publishing_picture_change", args=[object_id])
            return HttpResponseRedirect(change)

    def delete_model(self, request, obj) -> None:
        library.remove_picture(obj, by=request.user)

    @admin.display(description=gettext_lazy("picture"))
    def small(self, picture: Picture) -> SafeString:
        return thumbnail(picture)

    @admin.display(description=gettext_lazy("picture"))
    def large(self, picture: Picture) -> SafeString:
        return thumbnail(picture, 640)

    @admin.display(description=gettext_lazy("size"))
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    @admin.display(description=gettext_lazy("texts that show it"), ordering="_texts")
    def texts(self, picture: Picture) -> int:
        return picture._texts
