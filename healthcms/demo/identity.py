"""Fixed identities of the demo's rows: by them a later run knows what an earlier one made."""

from uuid import NAMESPACE_DNS, UUID, uuid5

_NAMESPACE = uuid5(NAMESPACE_DNS, "demo.invalid")


def uid(sort: str, slug: str) -> UUID:
    """Return the uid of a demo row: an entry by its kind's name, a topic, contributor, reference.

    It depends on nothing else, so that the same content has the same digests on every machine.
    """
    return uuid5(_NAMESPACE, f"{sort}/{slug}")
