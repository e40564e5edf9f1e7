"""Which tables are guarded, and which change of each is let through."""

APPEND_ONLY = ("publishing_revision", "publishing_signoff", "publishing_change")
PAYLOAD = "publishing_revisionpayload"
EDITION = "publishing_edition"
GUARDED = (*APPEND_ONLY, PAYLOAD, EDITION)

EDITION_FIXED = (
    "id",
    "uid",
    "entry_id",
    "revision_id",
    "sign_off_id",
    "path",
    "title",
    "related",
    "live_from",
    "by_id",
    "at",
)

# An insert that names one of these of an existing row is a replacement in disguise.
UNIQUE_KEYS = {
    "publishing_revision": (("id",), ("entry_id", "number")),
    "publishing_signoff": (("id",), ("uid",)),
    "publishing_change": (("id",), ("number",)),
    "publishing_revisionpayload": (("revision_id",),),
    "publishing_edition": (("id",), ("uid",)),
}
