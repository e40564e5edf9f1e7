"""The verbs: the only functions that change state. Each takes the person who does it."""

from publishing.verbs.commenting import accept_suggestion, comment, resolve_comment, tick
from publishing.verbs.declining import decline
from publishing.verbs.editions import CANCEL, KEEP, REASONS, cancel, publish, renew, withdraw
from publishing.verbs.noticing import lift_notice, put_notice
from publishing.verbs.requesting import request_review
from publishing.verbs.retracting import source_not_retracted, source_retracted
from publishing.verbs.revisions import restore, save_revision
from publishing.verbs.signing import sign_off
from publishing.verbs.translating import bring_up_to_date, longest_title, translate

__all__ = [
    "CANCEL",
    "KEEP",
    "REASONS",
    "accept_suggestion",
    "bring_up_to_date",
    "cancel",
    "comment",
    "decline",
    "lift_notice",
    "longest_title",
    "publish",
    "put_notice",
    "renew",
    "request_review",
    "resolve_comment",
    "restore",
    "save_revision",
    "sign_off",
    "source_not_retracted",
    "source_retracted",
    "tick",
    "translate",
    "withdraw",
]
