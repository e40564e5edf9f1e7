"""The models of the spine and of the registers beneath every kind."""

from publishing.models.append_only import AppendOnlyError
from publishing.models.disclaimer import Disclaimer
from publishing.models.entries import (
    Authorship,
    Entry,
    EntryRow,
    GetHelp,
    Guess,
    KeyPoint,
    OtherNames,
)
from publishing.models.names import EditionName
from publishing.models.people import Contributor, Credential, Disclosure, Specialty
from publishing.models.pictures import Figure, Picture
from publishing.models.search import MissedSearch, SearchName, SearchText, SearchWord
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
from publishing.models.topics import FirstPage, Topic
from publishing.models.words import EntryWords
from publishing.models.workflow import (
    Case,
    Comment,
    Decline,
    Feedback,
    Override,
    Presence,
    ReviewRequest,
    ShareLink,
    Tick,
)

__all__ = [
    "AppendOnlyError",
    "Authorship",
    "Case",
    "Change",
    "Comment",
    "Contributor",
    "Credential",
    "Decline",
    "Disclaimer",
    "Disclosure",
    "Edition",
    "EditionName",
    "EditionQuerySet",
    "EditionTie",
    "Entry",
    "EntryRow",
    "EntryWords",
    "Feedback",
    "Figure",
    "FirstPage",
    "GetHelp",
    "Guess",
    "KeyPoint",
    "Ledger",
    "MissedSearch",
    "OtherNames",
    "Override",
    "Picture",
    "Presence",
    "ReviewRequest",
    "Revision",
    "RevisionPayload",
    "SearchName",
    "SearchText",
    "SearchWord",
    "ShareLink",
    "SignOff",
    "Site",
    "Specialty",
    "Tick",
    "Topic",
]
