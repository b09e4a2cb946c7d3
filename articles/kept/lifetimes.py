"""What others may do with our pages: browsers, and caches that stand between them and us."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Lifetimes:
    """Seconds for which a shared cache may keep a page, show it while it asks, and while we are down.

    A browser always asks; that it has the page already is quickly said. Where acts purge the
    shared cache it may keep pages for long; where nothing does, for a second.
    """

    shared: int
    while_asking: int
    while_down: int
    names_subjects: bool = False  # for a CDN that is told by name what changed

    def cache_control(self, left):
        """Return the header of a page that ends by itself in `left` seconds: nobody keeps it for longer."""
        shared = max(0, min(self.shared, int(left) if left < self.shared else self.shared))
        while_asking = max(0, min(self.while_asking, int(left - shared) if left < 1e9 else self.while_asking))
        return (
            f"public, max-age=0, s-maxage={shared}, stale-while-revalidate={while_asking}, "
            f"stale-if-error={self.while_down}"
        )


PURGED = Lifetimes(shared=300, while_asking=60, while_down=86_400)
PURGED_BY_NAME = replace(PURGED, names_subjects=True)
FOR_NOBODY = Lifetimes(shared=0, while_asking=0, while_down=0)
NOT_PURGED = Lifetimes(shared=1, while_asking=1, while_down=3_600)
