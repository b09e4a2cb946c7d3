"""What pages can show, by name. A change is written down under the same names, see `marks`."""

FRAME = "frame"  # sections, breaking news and the names of policies: head and foot of every page
HOME = "home"  # the slots that editors filled
STORIES = "stories"  # which stories readers see, everywhere
EVERY_STORY = "every-story"  # anything about any story
CORRECTIONS = "corrections"
ARCHIVE = "archive"  # how many stories came out on which day
DAYS = "days"  # on which days any did
OF_EVERYTHING = (FRAME, HOME, STORIES, EVERY_STORY, CORRECTIONS, ARCHIVE, DAYS)


def story(article):
    """All that its page or its card shows of it, but for its comments."""
    return f"story:{article.pk}"


def day(day):
    """How many stories came out on it."""
    return f"day:{day.isoformat()}"


def month(first):
    """How many stories came out on each of its days."""
    return f"month:{first.isoformat()[:7]}"


def section(section):
    return f"section:{section.pk}"


def topic(topic):
    return f"topic:{topic.pk}"


def author(author):
    return f"author:{author.pk}"


def lines(article):
    """Which stories stand in one line with it: by the line's key, and by its own for the way into another.

    `article` is loaded by `for_story()`.
    """
    return {f"line:{key}" for key in (article.pk, article.line) if key}


def page(page):
    return f"page:{page.pk}"


def count(article):
    """How many comments it has, as cards say it: may be said a minute late, see `is_lazy`."""
    return f"count:{article.pk}"


def is_lazy(subject):
    """Whether pages that show it need not go old at once."""
    return subject.startswith("count:")


def thread(article):
    return f"thread:{article.pk}"
