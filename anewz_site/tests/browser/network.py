"""A network between a browser and the site that can be cut."""

import contextlib
import socket
import threading

from anewz_site.tests.server import free_port


class Network:
    """Passes every connection on to a port of this machine, until it is cut."""

    def __init__(self, port):
        self._target, self.port = port, free_port()
        self._open = []
        self.mend()

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self.port}"

    def mend(self):
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def cut(self):
        if self._listener.fileno() < 0:
            return
        # A thread that waits in accept() keeps the socket: shutdown ends its wait, close alone does not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def _accept(self, listener):
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._open += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=[source, sink], daemon=True).start()


def _pass_on(source, sink):
    with contextlib.suppress(OSError):
        while received := source.recv(65536):
            sink.sendall(received)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
