"""The words of each entry's newest text, for the desk's searches."""

from django.db import models


class EntryWords(models.Model):
    """The distinct words of an entry's head, case folded, with a space before and after each.

    A projection of the head: made with each revision, and made anew where it is missing. Nothing
    that readers get is composed from it.
    """

    entry = models.OneToOneField(
        "publishing.Entry", models.CASCADE, primary_key=True, related_name="words"
    )
    words = models.TextField()

    def __str__(self) -> str:
        return self.words
