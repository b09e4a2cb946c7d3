"""Mail servers for tests: a real one that keeps what it gets, and some that misbehave."""

import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.test import override_settings


class Inbox:
    """Takes every letter; `refuse` makes it answer so to each recipient instead."""

    def __init__(self, refuse=""):
        self.refuse = refuse
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        return "250 OK"


@contextmanager
def mail_server(refuse="", inbox=None):
    inbox = inbox or Inbox(refuse)
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    inbox.port = controller.port
    try:
        with mail_goes_to(controller.port):
            yield inbox
    finally:
        controller.stop()


@contextmanager
def hanging_mail_server():
    """Accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server, mail_goes_to(server.getsockname()[1]):
        yield server


def mail_goes_to(port):
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_HOST_USER="",
        EMAIL_HOST_PASSWORD="",
        EMAIL_USE_TLS=False,
        EMAIL_USE_SSL=False,
        EMAIL_TIMEOUT=0.3,
    )


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
