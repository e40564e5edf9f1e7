"""Things done at the same time, each in a thread and on a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

SECONDS = 60


def at_once(*works: Callable) -> list:
    """Do things in threads that start together; return what they answered, the first done first.

    Whatever one of them raises fails the test, and so does one that hangs.
    """
    barrier, answers, errors = threading.Barrier(len(works)), [], []

    def run(work) -> None:
        barrier.wait()
        try:
            answers.append(work())
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads), "the threads hang"
    assert errors == []
    return answers
