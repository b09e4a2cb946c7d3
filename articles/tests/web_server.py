"""A little web server in a thread, which does with each POST what a test tells it to."""

import http.server
import threading
import time
from contextlib import contextmanager
from urllib.parse import parse_qsl


class Asked:
    """What a server was asked: `forms`, one for each POST, with the head of each in `heads`.

    It answers with `statuses` in their order, and with the last of them from then on. `trickles` is
    the beginning of an answer that goes on by a byte now and then.
    """

    def __init__(self, *statuses, head=(), waits_s=0, trickles=b""):
        self.statuses, self.head = list(statuses) or [204], head
        self.waits_s, self.trickles = waits_s, trickles
        self.forms, self.heads, self.gone_to = [], [], []
        self.address = None


@contextmanager
def web_server(*statuses, **how):
    asked = Asked(*statuses, **how)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.gone_to.append(self.path)
            self.send_response(200)
            self.end_headers()

        def do_POST(self):
            sent = self.rfile.read(int(self.headers["Content-Length"] or 0))
            asked.forms.append(dict(parse_qsl(sent.decode())))
            asked.heads.append((self.path, self.headers))
            time.sleep(asked.waits_s)
            if asked.trickles:
                self.trickle()
                return
            status = asked.statuses.pop(0) if len(asked.statuses) > 1 else asked.statuses[0]
            self.send_response(status)
            for name, value in asked.head:
                self.send_header(name, value)
            self.end_headers()

        def trickle(self):
            self.wfile.write(asked.trickles)
            for _ in range(100):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.1)

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    server.handle_error = lambda *args: None  # who asked has hung up
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asked.address = f"http://127.0.0.1:{server.server_port}/hub"
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()
