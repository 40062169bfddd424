"""The page listens on the loopback until it is told to stop, or its time is over."""

from __future__ import annotations

import gc
import logging
import socket
import time
from typing import TYPE_CHECKING

from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]

from pivot_cli.page.guard import LOOPBACK, MOST_WITH_A_FILE, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from _typeshed.wsgi import WSGIApplication

_TICK = 0.5  # seconds between two looks at whether it is over
_THREADS = 8  # those that print a PDF are held for seconds
_LAST = 1.0  # seconds that the last answer has to leave


def listening(port: int) -> socket.socket:
    """A place to listen on: that port of the loopback, or any free one for 0. Raises OSError where it is taken."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: another program could listen on it too
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that was just closed
        found.bind((LOOPBACK, port))
        found.listen()
    except OSError:
        found.close()
        raise
    return found


def serve(site: WSGIApplication, place: socket.socket, over: Callable[[], bool]) -> None:
    """Answer requests until it is `over`; KeyboardInterrupt ends it too."""
    gc.enable()  # a command does without; this one stays
    logging.getLogger("waitress").addHandler(logging.NullHandler())
    logging.getLogger("waitress").propagate = False
    channels: dict[Any, Any] = {}
    server = create_server(
        site,
        map=channels,
        sockets=[place],
        threads=_THREADS,
        ident=None,
        max_request_body_size=2 * MOST_WITH_A_FILE,  # what is longer than a form, the site says so
        max_request_header_size=32 * 1024,
        clear_untrusted_proxy_headers=True,
        connection_limit=50,
        channel_timeout=60,
    )
    server.channel_class = _Channel
    try:
        while not over():
            wasyncore.loop(timeout=_TICK, map=channels, count=1)
        end = time.monotonic() + _LAST
        while time.monotonic() < end and any(getattr(one, "total_outbufs_len", 0) for one in channels.values()):
            wasyncore.loop(timeout=_TICK / 10, map=channels, count=1)
    finally:
        server.task_dispatcher.shutdown(timeout=_LAST)
        for one in list(channels.values()):
            one.close()


class _Refusing(ErrorTask):  # type: ignore[misc]
    """What the server itself refuses, before the site knows of it: said in French, as the rest."""

    def execute(self) -> None:
        from pivot_cli.page.site import refused

        response = refused(Refusal(400, "Cette demande n'est pas comprise.", "Revenez à la page."))
        body = response.get_data()
        self.status = response.status
        self.response_headers.extend(list(response.headers))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _Refusing
