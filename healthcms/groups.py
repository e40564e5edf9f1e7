"""The groups of DESIGN's table, with the rights that Django's admin asks for.

The groups decide what the verbs allow (publishing.permissions); the permissions given here only
open the admin's pages.
"""

from django.contrib.auth.models import Group, Permission

from publishing import kinds

_LIBRARY = (
    "publishing.topic",
    "publishing.specialty",
    "publishing.contributor",
    "publishing.disclosure",
    "references.reference",
)
_PICTURES = ("publishing.picture",)
_CREDENTIALS = ("publishing.credential",)
_MISSED = ("publishing.missedsearch",)
_ROWS = (
    "publishing.keypoint",
    "publishing.gethelp",
    "publishing.authorship",
    "publishing.guess",
    "publishing.figure",
    "publishing.firstpage",
    "references.furtherreference",
    "references.citation",
    "supplements.form",
    "supplements.intakelimit",
    "supplements.interaction",
    "articles.articlequestion",
    "articles.articlecomparison",
    "articles.relatedarticle",
)
_ENTRIES = (
    "articles.article",
    "articles.staticpage",
    "faq.question",
    "faq.term",
    "supplements.supplement",
)
_DISCLAIMER = ("publishing.disclaimer",)
_FEEDBACK = ("publishing.feedback",)
_ALL = ("view", "add", "change")

RIGHTS: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {
    kinds.EDITORS: {
        _ENTRIES: _ALL,
        _DISCLAIMER: _ALL,
        _LIBRARY: _ALL,
        _PICTURES: (*_ALL, "delete"),
        # Who may sign rests on them: administrators alone change them.
        _CREDENTIALS: ("view",),
        _MISSED: ("view",),
        _ROWS: (*_ALL, "delete"),
        _FEEDBACK: ("view",),
    },
    kinds.MEDICAL_REVIEWERS: {
        _ENTRIES: ("view",),
        _DISCLAIMER: ("view",),
        _LIBRARY: ("view",),
        _PICTURES: ("view",),
        _MISSED: ("view",),
        _ROWS: ("view",),
        _FEEDBACK: ("view",),
    },
    kinds.DISCLAIMER_REVIEWERS: {
        _DISCLAIMER: _ALL,
        _LIBRARY: ("view",),
        _PICTURES: ("view",),
        _MISSED: ("view",),
        _ENTRIES: ("view",),
        _ROWS: ("view",),
        _FEEDBACK: ("view",),
    },
    kinds.PUBLISHERS: {
        _ENTRIES: ("view",),
        _DISCLAIMER: ("view",),
        _LIBRARY: ("view",),
        _PICTURES: ("view",),
        _MISSED: ("view",),
        _ROWS: ("view",),
        _FEEDBACK: ("view",),
        ("publishing.site",): ("view", "change"),
    },
}


def make_groups(using: str = "default") -> None:
    """Make each group and give it its permissions; a permission added by hand is kept."""
    found = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.using(using).select_related("content_type")
    }
    for name, rights in RIGHTS.items():
        group, _made = Group.objects.using(using).get_or_create(name=name)
        wanted = []
        for models, actions in rights.items():
            for label in models:
                app, model = label.split(".")
                wanted += [found.get(f"{app}.{action}_{model}") for action in actions]
        group.permissions.add(*[permission for permission in wanted if permission])
