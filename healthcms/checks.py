"""What a real installation must have before it starts: said in one line, by every way in."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, register
from django.db import DatabaseError

DEMO_DOMAIN = "@demo.invalid"


def start_faults() -> list[str]:
    """Return why a server must not start with these settings; empty when it may."""
    if settings.DEBUG:
        return []
    faults = []
    if not settings.SECRET_KEY_IS_SET:
        faults.append("SECRET_KEY is not set")
    if not settings.ALLOWED_HOSTS:
        faults.append("ALLOWED_HOSTS is not set")
    try:
        if get_user_model().objects.filter(email__endswith=DEMO_DOMAIN).exists():
            faults.append(f"the database holds demo accounts (e-mail ending in {DEMO_DOMAIN})")
    except DatabaseError:
        # Down or not migrated yet: /readyz says so; it is no fault of the settings.
        pass
    return faults


def refuse_unsafe_start() -> None:
    """Stop a server that must not start, with one clear line on standard error."""
    faults = start_faults()
    if faults:
        raise SystemExit(f"healthcms does not start: {'; '.join(faults)}.")


@register(Tags.security, deploy=True)
def check_start(app_configs, **kwargs) -> list[Error]:
    """The same faults as errors of ``check --deploy``."""
    return [
        Error(f"healthcms does not start: {fault}.", id="healthcms.E001")
        for fault in start_faults()
    ]
