"""Telling readers apart for a day, without knowing who they are: nobody has a cookie."""

import hashlib
from datetime import date
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def mark(request: HttpRequest, purpose: str, day: date) -> str:
    """Return a sign of who asks, which stands for them on one day and for one purpose alone.

    It is a keyed digest of the address: nothing leads back to that, or from one day's sign to
    the next day's.
    """
    salt = hashlib.sha256(f"{day} {purpose}".encode()).hexdigest()
    return salted_hmac(salt, _connection(request), algorithm="sha256").hexdigest()


def _connection(request: HttpRequest) -> str:
    """Return the address; of a long one the half that a household has, whatever device it is."""
    text = _address(request)
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or f"{int(address) >> 64:x}::")


def _address(request: HttpRequest) -> str:
    """Return the reader's address: behind a proxy that we trust, the one that it adds."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")
