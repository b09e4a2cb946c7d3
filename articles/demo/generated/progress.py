import sys
import time


class Progress:
    """Tells on a stream how far the work is: a bar on a terminal, a line at each tenth elsewhere."""

    WIDTH = 40

    def __init__(self, stream=None):
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()

    def begin(self, what, total):
        self._what, self._total, self._told = what, total, 0
        self._began = time.monotonic()

    def reach(self, done):
        tenths = 10 * done // self._total if self._total else 10
        seconds = time.monotonic() - self._began
        words = f"{self._what}: {done:,} of {self._total:,}, {done / max(seconds, 0.001):,.0f} a second"
        if self._is_terminal:
            filled = self.WIDTH * done // max(self._total, 1)
            bar = "█" * filled + "░" * (self.WIDTH - filled)
            self._stream.write(f"\r{bar} {words} \033[K" + ("\n" if done >= self._total else ""))
            self._stream.flush()
        elif tenths > self._told or done >= self._total:
            self._told = tenths
            self._stream.write(f"{words}\n")
