"""Readers told apart for a day, and nobody known by it."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def digest_of(request: HttpRequest, at: datetime) -> str:
    """Return a keyed digest of the address that a request came from; each day it is another."""
    day = f"{at:%Y-%m-%d}"
    return salted_hmac(day, _address(request), algorithm="sha256").hexdigest()


def _address(request: HttpRequest) -> str:
    """Return the reader's address: behind a proxy that we trust, the one that it adds."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")
