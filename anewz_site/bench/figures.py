"""Measuring, and saying what came of it."""

import statistics
import sys
import time


def seconds(act, times):
    """Call `act(number)` so many times; return the durations in seconds, the shortest first."""
    durations = []
    for number in range(times):
        began = time.perf_counter()
        act(number)
        durations.append(time.perf_counter() - began)
    return sorted(durations)


def percentile(durations, share):
    return durations[min(len(durations) - 1, int(len(durations) * share))]


class Report:
    """A table of figures, each with what it may be at most."""

    def __init__(self):
        self.missed = 0

    def say(self, words):
        print(words, flush=True)

    def figure(self, name, value, unit, most=None):
        is_missed = most is not None and value > most
        self.missed += is_missed
        limit = "" if most is None else f"   at most {most:g} {unit}{'   MISSED' if is_missed else ''}"
        self.say(f"  {name:<46}{value:>10.2f} {unit}{limit}")

    def durations(self, name, durations, *, most_ms=None, share=0.99):
        self.figure(f"{name}, p50", statistics.median(durations) * 1000, "ms")
        self.figure(f"{name}, p{share * 100:g}", percentile(durations, share) * 1000, "ms", most_ms)

    def end(self):
        """End the program: with 1 if a limit was missed."""
        sys.exit(1 if self.missed else 0)
