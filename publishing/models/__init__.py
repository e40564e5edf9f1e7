"""The models of the spine and of the registers beneath every kind."""

from publishing.models.append_only import AppendOnlyError
from publishing.models.disclaimer import Disclaimer
from publishing.models.entries import Authorship, Entry, EntryRow, GetHelp, Guess, KeyPoint, Topic
from publishing.models.people import Contributor, Credential, Disclosure, Specialty
from publishing.models.site import Site
from publishing.models.spine import (
    Change,
    Edition,
    EditionQuerySet,
    Ledger,
    Revision,
    RevisionPayload,
    SignOff,
)
from publishing.models.ties import EditionTie
from publishing.models.workflow import Override, ReviewRequest

__all__ = [
    "AppendOnlyError",
    "Authorship",
    "Change",
    "Contributor",
    "Credential",
    "Disclaimer",
    "Disclosure",
    "Edition",
    "EditionQuerySet",
    "EditionTie",
    "Entry",
    "EntryRow",
    "GetHelp",
    "Guess",
    "KeyPoint",
    "Ledger",
    "Override",
    "ReviewRequest",
    "Revision",
    "RevisionPayload",
    "SignOff",
    "Site",
    "Specialty",
    "Topic",
]
