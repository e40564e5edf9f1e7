"""The groups by which people may do something: their stored names, and what people read.

A group is stored, asked for and recorded by its one name; people read it in their own language.
"""

from django.utils.translation import gettext_lazy as _

EDITORS = "Editors"
MEDICAL_REVIEWERS = "Medical reviewers"
DISCLAIMER_REVIEWERS = "Disclaimer reviewers"
PUBLISHERS = "Publishers"

_LABELS = {
    EDITORS: _("Editors"),
    MEDICAL_REVIEWERS: _("Medical reviewers"),
    DISCLAIMER_REVIEWERS: _("Disclaimer reviewers"),
    PUBLISHERS: _("Publishers"),
}


def label(group: str) -> str:
    """Return a group's name in the active language; as it is stored where it is not one of ours."""
    return str(_LABELS.get(group, group))
