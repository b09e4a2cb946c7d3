"""Telling another server something: one POST that ends in time, follows nowhere and reads no answer."""

import socket
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.error import HTTPError
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

FAILURES = (OSError, HTTPException)  # whatever can become of a POST; an HTTPError is an answer


def post(address, data=b"", headers=None, *, seconds):
    """Post `data`; return if the answer is that it was well received.

    Raises one of FAILURES otherwise: at most `seconds` after it was connected, which may take as long.
    """
    request = Request(address, data=data, headers=headers or {}, method="POST")
    try:
        _opener.open(request, timeout=seconds).close()
    except HTTPError as error:
        error.close()
        raise


class _Ending:
    """Python's timeout is one for each packet: who sends a byte a second could hold a thread for ever."""

    def connect(self):
        super().connect()
        self._end = threading.Timer(self.timeout, _cut, [self.sock])
        self._end.daemon = True
        self._end.start()

    def getresponse(self):
        try:
            return super().getresponse()
        finally:
            self._end.cancel()  # of the answer nothing more is read


def _cut(connected):
    with suppress(OSError):  # closed long ago
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


class _EndingHttp(_Ending, HTTPConnection):
    pass


class _EndingHttps(_Ending, HTTPSConnection):
    pass


class _Http(HTTPHandler):
    def http_open(self, request):
        return self.do_open(_EndingHttp, request)


class _Https(HTTPSHandler):
    def https_open(self, request):
        return self.do_open(_EndingHttps, request)


class _Nowhere(HTTPRedirectHandler):
    """What we tell, and the secrets with which we do, are for nobody else."""

    def redirect_request(self, *args):
        return None


_opener = build_opener(_Http, _Https, _Nowhere)
