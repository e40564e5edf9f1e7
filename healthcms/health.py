"""/healthz, /readyz, and a plain 503 when the database is down."""

import logging

from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from publishing.models import Site

logger = logging.getLogger(__name__)

# A pool that gets no connection raises this; it exists only with psycopg installed.
try:
    from psycopg_pool import PoolTimeout
except ImportError:  # pragma: no cover - psycopg_pool comes with the pinned requirements
    PoolTimeout = OperationalError

DATABASE_DOWN = (OperationalError, InterfaceError, PoolTimeout)


class HealthMiddleware:
    """Answers the probes before anything else runs, and turns a lost database into a 503."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return readiness()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 with the emergency line alone when the database does not answer."""
        if not isinstance(exception, DATABASE_DOWN):
            return None
        logger.error("The database does not answer: %s", exception)
        return unavailable()


def unavailable() -> HttpResponse:
    """Return the static 503 page."""
    response = plain_page("503.html", 503)
    response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response


def plain_page(template: str, status: int) -> HttpResponse:
    """Return a page that asks the database nothing.

    Its emergency line is the one that this process read last; one that never read any tells
    readers to call their local number.
    """
    site = Site.last_read or Site()
    with Site.held(site):
        return HttpResponse(render_to_string(template, {"site": site}), status=status)


def readiness() -> JsonResponse:
    """Say whether this process can serve: database there, migrations applied, guards whole."""
    faults = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            faults.append("migrations are waiting")
        else:
            from publishing import guards

            faults += [f"guard {name} is missing or altered" for name in guards.missing()]
    except DATABASE_DOWN as error:
        logger.error("Not ready: %s", error)
        faults.append("the database does not answer")
    response = JsonResponse({"ready": not faults, "faults": faults}, status=503 if faults else 200)
    response["Cache-Control"] = "no-store"
    return response
