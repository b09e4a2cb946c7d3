"""Publishing, updating and withdrawing under 200 readers: no page early, late or mixed, on any surface."""

import asyncio
import re
import threading
import time
from dataclasses import dataclass

from anewz_site.tests.server import Server
from articles import publishing
from articles.tests.concurrency import ConcurrencyTestCase
from articles.tests.factories import (
    make_account,
    make_article,
    make_author,
    make_draft,
    make_topic,
    publish,
    update_article,
)
from comments.tests.factories import make_comment

READERS = 200
ACT_EVERY_S = 0.3
UPDATES = 6
LATE_S = 1.0  # across processes
WORDS = re.compile(rb"Raced over \d+")


@dataclass(frozen=True)
class Seen:
    address: str
    status: int
    began: float
    ended: float
    words: frozenset


@dataclass
class State:
    """What readers may see of the story from the beginning of an act on, until the next one is committed."""

    words: bytes | None  # None: nothing
    since: float
    until: float = float("inf")


class Readers:
    """Many connections, each asking for one page after another in its own order."""

    def __init__(self, port, addresses):
        self.port, self.addresses, self.seen, self.go_on = port, addresses, [], True

    def run(self):
        asyncio.run(self._all())

    async def _all(self):
        await asyncio.gather(*(self._read(number) for number in range(READERS)))

    async def _read(self, number):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while self.go_on:
            address = self.addresses[number % len(self.addresses)]
            number += 1
            began = time.time()
            writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
            body = await reader.readexactly(length)
            words = frozenset(WORDS.findall(body))
            self.seen.append(Seen(address, int(head[9:12]), began, time.time(), words))
            if b"close" in head.lower():
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.close()


class RaceTests(ConcurrencyTestCase):
    def setUp(self):
        self.chief, self.second = make_account(), make_account("second")
        self.topic, self.author = make_topic("Kursk"), make_author("World desk")
        other = make_article("Another story", topics=[self.topic], author=self.author)
        self.story = make_draft("Raced over 0", topics=[self.topic], author=self.author)
        self.address = self.story.get_absolute_url()
        self.addresses = [
            self.address,
            "/",
            "/latest/",
            self.story.section.get_absolute_url(),
            self.topic.get_absolute_url(),
            self.author.get_absolute_url(),
            other.get_absolute_url(),
            "/feed.xml",
            f"{self.story.section.get_absolute_url()}feed.xml",
            f"{self.address}comments/",
            f"{self.address}comments/feed.xml",
        ]
        self.states = [State(None, 0)]

    def act(self, words, act):
        """Do it, and note from when on which words may be seen, and until when the earlier ones."""
        time.sleep(ACT_EVERY_S)
        began = time.time()
        act()
        self.states[-1].until = time.time()
        self.states.append(State(words, began))

    def acts(self):
        story, chief = self.story, self.chief
        self.act(b"Raced over 0", lambda: publish(story))
        for number in range(1, UPDATES):
            words = f"Raced over {number}"
            self.act(words.encode(), lambda words=words: update_article(story, headline=words))
            make_comment(story, text=f"Said after the act {number}.")
        self.act(None, lambda: publishing.withdraw(story, chief, notice="It was wrong."))
        publishing.ask_back(story, chief, note="It was right.")
        self.act(words.encode(), lambda: publishing.restore(story, self.second, note="It was right."))
        self.act(None, lambda: publishing.withdraw(story, chief, notice="It was wrong."))
        time.sleep(LATE_S + ACT_EVERY_S)

    def test_no_page_is_early_late_or_mixed(self):
        server = Server(WEB_CONCURRENCY="2")
        self.addCleanup(server.stop)
        readers = Readers(server.port, self.addresses)
        reading = threading.Thread(target=readers.run)
        reading.start()
        while len(readers.seen) < READERS:
            time.sleep(0.1)
        self.acts()
        readers.go_on = False
        reading.join(30)

        for seen in readers.seen:
            self.assertLess(seen.status, 500, seen)
            self.assertLessEqual(len(seen.words), 1, f"mixed: {seen}")
            words = next(iter(seen.words), None)
            fitting = [state for state in self.states if state.words == words]
            self.assertTrue(
                any(state.since <= seen.ended and seen.began <= state.until + LATE_S for state in fitting),
                f"early or late: {seen}, {self.states}",
            )
        surfaces = {seen.address for seen in readers.seen if seen.words}
        self.assertEqual(surfaces, set(self.addresses))
        self.assertIn(410, {seen.status for seen in readers.seen if seen.address == self.address})
        self.assertGreater(len(readers.seen), READERS * 5)
