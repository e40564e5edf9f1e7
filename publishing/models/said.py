"""Words of a register in the site's other languages."""

from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Said(NamedTuple):
    """Words, and the language they are in; "" for the site's default."""

    words: str
    language: str = ""


class SaidInLanguages(models.Model):
    """Mixin of a register row: some of its words can be given in more languages.

    ``said_in`` holds them by language and field: ``{"es": {"name": "Magnesio"}}``; the columns
    hold them in the site's default language.
    """

    TRANSLATED: tuple[str, ...] = ()

    said_in = models.JSONField(_("in other languages"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def said(self, field: str, language: str) -> Said:
        """Return a field's words in a language; in the default where they were not given."""
        words = self.given(language).get(field)
        return Said(words, language) if words else Said(getattr(self, field))

    def given(self, language: str) -> dict[str, Any]:
        """Return the words that were given in a language, by field."""
        held = self.said_in.get(language) if isinstance(self.said_in, dict) else None
        return held if isinstance(held, dict) else {}
