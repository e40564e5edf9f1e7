"""What a review takes: the claims to check, those that are new, and the minutes."""

from typing import Any

from publishing import claims
from publishing.admin.review.text import Text, to_be_read


def effort(
    texts: list[Text], known: dict[int, set[str]], folded: dict[int, set[str]]
) -> dict[str, Any]:
    """Return the claims, how many of them are new, and about how long the review will take.

    ``known`` are the digests of the passages that were signed as they stand, by entry; ``folded``
    those of them that the page folds. A claim is (its number, its anchor, the claim, its text).
    A claim whose source was retracted or is unknown is never among those to fold.
    """
    found = _claims(texts)
    words = sum(text.word_count for text in texts if text.counts)
    new = sum(c.passage.digest not in known[text.entry.pk] for _a, c, text in found)
    numbered = [(number, *each) for number, each in enumerate(found, start=1)]
    quiet = {
        number
        for number, _a, claim, text in numbered
        if claim.passage.digest in folded.get(text.entry.pk, ()) and not claim.alarming
    }
    return {
        "claims": [each for each in numbered if each[0] not in quiet],
        "claims_folded": [each for each in numbered if each[0] in quiet],
        "claim_count": len(found),
        "words": words,
        "words_a_minute": claims.WORDS_A_MINUTE,
        "minutes": claims.review_minutes(words, new),
        "new_claims": new,
    }


def _claims(texts: list[Text]) -> list[tuple[str, claims.Claim, Text]]:
    """Return (anchor, claim, text) for what is to be read, headings left out."""
    read = [text for text in texts if text.counts]
    known = claims.library().look_up([text.sources for text in read])
    return [
        (text.anchor(claim.passage), claim, text)
        for text, sources in zip(read, known, strict=True)
        for claim in claims.claims_of(filter(to_be_read, text.passages), sources)
    ]
