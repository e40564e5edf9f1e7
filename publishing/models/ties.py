"""What an edition is about: a projection that queries can use."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef


class EditionTie(models.Model):
    """What an edition is about, one row a tie (“topic:<uid>”, “embed:<uid>”).

    A projection of the edition's revision. It answers which pages share something, show an entry,
    are within a disclaimer's scope or correct an earlier text. It finds the pages of a list; what
    a page says is never composed from it.
    """

    TOPIC = "topic"
    EMBED = "embed"
    AUTHOR = "author"
    REFERENCE = "reference"
    CHANGE = "change"
    TRANSLATION = "translation"

    edition = models.ForeignKey("publishing.Edition", models.CASCADE, related_name="ties")
    tie = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tie", "edition"], name="edition_tie_once")]

    def __str__(self) -> str:
        return self.tie

    @classmethod
    def of_edition(cls, name: str, identity: uuid.UUID | str) -> Exists:
        """Return the condition, within a query on editions, that an edition has a tie."""
        return Exists(cls.objects.filter(edition=OuterRef("pk"), tie=f"{name}:{identity}"))
