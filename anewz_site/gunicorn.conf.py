"""How the server runs. Reads the environment through the settings, like everything else."""

import sys
from pathlib import Path

from anewz_site import settings

bind = f"{settings.HOST}:{settings.PORT}"
workers = settings.WEB_CONCURRENCY
worker_class = "gthread"
threads = settings.WEB_THREADS
keepalive = 5
timeout = 30
graceful_timeout = 15

limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190

# A heartbeat in memory does not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
control_socket_disable = True
forwarded_allow_ips = ",".join(settings.TRUSTED_PROXIES) or "127.0.0.1"

loglevel = "warning"


def post_worker_init(worker):
    """Let threads change places more often than every 5 ms: one with a page that is ready is soon the next.

    Much more often costs more than it gives, since each that waits is woken each time.
    """
    sys.setswitchinterval(0.002)
