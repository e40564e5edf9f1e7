"""Writing down what a reviewer decided: the sign-off and its Change."""

from collections.abc import Iterable
from datetime import datetime

from publishing import documents, languages, ledger
from publishing.checks import engine
from publishing.checks.context import Context
from publishing.checks.evidence import attestations
from publishing.checks.problems import Problem
from publishing.models import Change, SignOff
from publishing.verbs.statements import statement_of


def record(
    context: Context,
    problems: list[Problem],
    signer: dict,
    *,
    decision: str,
    note: str,
    at: datetime,
) -> SignOff:
    """Write one sign-off and its Change; the caller has locked and checked."""
    approved = decision == SignOff.Decisions.APPROVED
    sign_off = SignOff(
        revision=context.revision,
        role=context.kind.role,
        decision=decision,
        at=at,
        statement=statement_of(context, signer, at) if approved else "",
        attestations=documents.canonical(_attested(context) if approved else []),
        overrides=documents.canonical(_answered(problems, context.document.language)),
        embeds=documents.canonical(embeds_seen(context)),
        note=note,
        **signer,
    )
    sign_off.save()
    ledger.append(
        Change.Verbs.SIGN,
        context.entry,
        at=at,
        by=sign_off.by,
        reason=note,
        detail={
            "sign_off": str(sign_off.uid),
            "row": ledger.sign_off_digest(sign_off),
            "decision": decision,
            "digest": context.revision.digest,
        },
    )
    return sign_off


def embeds_seen(context: Context) -> dict[str, str]:
    """Return the digest of each embed that the page shows, by the uid of its entry.

    One that is neither live nor decided on in the same list is not shown, so it was not seen.
    """
    return {
        str(uid): revision.digest
        for uid, embed in context.embeds.items()
        if (revision := embed.shown_revision)
    }


def _attested(context: Context) -> list[dict[str, str]]:
    with languages.active(context.document.language):
        return [{"id": a.id, "statement": str(a.statement)} for a in attestations(context)]


def _answered(problems: Iterable[Problem], language: str) -> list[dict[str, str]]:
    return [
        {"check": p.id, "message": p.message_in(language), "reason": p.override_reason}
        for p in engine.answered(problems)
    ]
