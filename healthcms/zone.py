"""Every request in the site's time zone, with the site's row read once."""

import logging

from django.http import HttpRequest, HttpResponse

from healthcms.health import DATABASE_DOWN, unavailable
from publishing.zone import site_zone

logger = logging.getLogger(__name__)


class SiteTimeZone:
    """Middleware: reads the site's row; where the database does not answer, says so at once.

    A view would wait for the connection pool a second time before it said the same.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = site_zone()
        try:
            zone.__enter__()
        except DATABASE_DOWN as error:
            logger.error("The database does not answer: %s", error)
            return unavailable()
        try:
            return self.get_response(request)
        finally:
            zone.__exit__(None, None, None)
