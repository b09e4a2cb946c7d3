"""A hundred comments a second for a minute, on loopback, against the site as bin/start runs it.

Each is the last step of a reader's way: the button that publishes. Meanwhile others read the story and
the home page, from a process of their own, which waits for no thread that writes. Afterwards the table is
looked through: none lost, none doubled, order right.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anewz_site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from anewz_site.bench.figures import Report  # noqa: E402
from anewz_site.tests.server import free_port  # noqa: E402
from articles.models import Article  # noqa: E402
from articles.tests.factories import make_article  # noqa: E402
from comments.models import PendingComment, ReaderComment  # noqa: E402
from comments.tokens import confirmation_token  # noqa: E402

A_SECOND, SECONDS, WRITERS, READERS = 100, 60, 24, 4
CHANCE = random.Random(1)


def make_pendings(story):
    """Words that wait for their button: each of another person, network and text."""
    words = [f"{stem}{number}" for stem in ("harbour", "bridge", "winter", "answer") for number in range(300)]
    return PendingComment.objects.bulk_create(
        PendingComment(
            article=story,
            name=f"Reader {number}",
            email=f"{number}@load.example",
            text=" ".join(CHANCE.sample(words, 30)),
            network=f"10.{number % 250}.{number // 250}.0/24",
        )
        for number in range(A_SECOND * SECONDS)
    )


class Visitors:
    """Threads that ask the site, each over a connection that it keeps."""

    def __init__(self, port):
        self.port, self.taken, self.statuses = port, [], []
        self.lock = threading.Lock()

    def ask(self, connection, method, address):
        began = time.perf_counter()
        connection.request(method, address, headers={"Content-Length": "0"} if method == "POST" else {})
        answer = connection.getresponse()
        answer.read()
        with self.lock:
            self.taken.append(time.perf_counter() - began)
            self.statuses.append(answer.status)

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)


def write(visitors, addresses, began):
    """Press the buttons, each at its own instant, and not before."""
    connection = visitors.connection()
    while True:
        with visitors.lock:
            if not addresses:
                return
            number, address = addresses.pop(0)
        time.sleep(max(0, began + number / A_SECOND - time.monotonic()))
        visitors.ask(connection, "POST", address)


def read(visitors, addresses, until):
    connection = visitors.connection()
    while time.monotonic() < until:
        visitors.ask(connection, "GET", CHANCE.choice(addresses))
        time.sleep(0.1)


def read_for(port, pages, seconds):
    """Return how long each answer took, in seconds, and the statuses."""
    visitors, until = Visitors(port), time.monotonic() + seconds
    run_all([threading.Thread(target=read, args=(visitors, pages, until)) for _ in range(READERS)])
    return visitors.taken, visitors.statuses


def run_site(port):
    variables = os.environ | {"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"}
    log = open(settings.DATA_DIR / "load.log", "w")
    site = subprocess.Popen(["bin/start"], env=variables, stdout=log, stderr=log, start_new_session=True)
    for _ in range(600):
        time.sleep(0.1)
        if "Ctrl-C" in (settings.DATA_DIR / "load.log").read_text():
            return site
    sys.exit("The site did not start; see load.log.")


def wait_for_rest(most=300):
    """Let the worker finish what a first start gives it, which is not what is measured here."""
    until = time.monotonic() + most
    while time.monotonic() < until:
        if not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists():
            return
        time.sleep(1)
    sys.exit(f"The worker is not done after {most} s.")


def run_all(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    report = Report()
    report.say(f"== {A_SECOND} comments a second for {SECONDS} s")
    story = make_article("The story of the load")
    other = make_article("Another story")
    pendings = make_pendings(story)
    buttons = [reverse("comments:confirmation", args=[confirmation_token(pending)]) for pending in pendings]
    port = free_port()
    site = run_site(port)
    elsewhere = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    try:
        wait_for_rest()
        pages = [other.get_absolute_url()] if "--quiet-story" in sys.argv else ["/", story.get_absolute_url()]
        elsewhere.submit(read_for, port, pages, 2).result()  # so that the pages are kept
        calm, _ = elsewhere.submit(read_for, port, pages, 20).result()
        reading = elsewhere.submit(read_for, port, pages, SECONDS)
        writers, began, queue = Visitors(port), time.monotonic(), list(enumerate(buttons))
        run_all([threading.Thread(target=write, args=(writers, queue, began)) for _ in range(WRITERS)])
        took = time.monotonic() - began
        busy, statuses = reading.result()
    finally:
        elsewhere.shutdown()
        os.killpg(site.pid, signal.SIGINT)
        site.wait(30)
    stored = ReaderComment.objects.filter(article=story)
    places = list(stored.order_by("pk").values_list("place", flat=True))
    report.figure("seconds that it took", took, "s", SECONDS + 2)
    report.figure("comments lost", len(buttons) - len(places), "", 0)
    report.figure("comments doubled", len(places) - stored.values("user_name").distinct().count(), "", 0)
    wrong_order = sum(earlier <= later for earlier, later in zip(places, places[1:], strict=False))
    report.figure("out of order", wrong_order, "", 0)
    public = stored.filter(state="published").count()
    wrong_count = abs(Article.objects.get(pk=story.pk).comment_count - public)
    report.figure("wrong in the story's count", wrong_count, "", 0)
    errors = sum(status >= 500 for status in writers.statuses + statuses)
    report.figure("answers of 500 and above", errors, "", 0)
    report.durations("a press of the button", sorted(writers.taken))
    report.durations("a reader before", sorted(calm))
    report.durations("a reader meanwhile", sorted(busy), most_ms=500)
    report.end()


if __name__ == "__main__":
    main()
