"""The names under which readers find an edition: a projection that queries can use."""

from django.db import models


class EditionName(models.Model):
    """A name of an edition, one row a name: its title, and each other name that its text gives.

    A projection of the edition's revision, like its ties. ``sort_key`` puts names in the order of
    a dictionary, ``letter`` is the one that they are listed under; see ``publishing.names``.
    """

    edition = models.ForeignKey("publishing.Edition", models.CASCADE, related_name="names")
    name = models.TextField()
    sort_key = models.CharField(max_length=120)
    letter = models.CharField(max_length=1)

    class Meta:
        indexes = [models.Index(fields=["letter", "sort_key"], name="name_by_letter")]

    def __str__(self) -> str:
        return self.name
