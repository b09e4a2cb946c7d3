"""Where a comment stands in the reading of a thread, as text that sorts.

Newest thread first; below its first comment the replies, oldest first, each with its
own replies before the next. A place is given once and never changes: a reply moves
no neighbour, and a page that begins at a place begins there for good.

Digits only, since those sort alike under every collation.
"""

THREAD_DIGITS = 10  # the library numbers comments with 32 bits
REPLY_DIGITS = 6
DEEPEST = 40  # replies below this level stand beside the one that they answer
LAST_REPLY = "9" * REPLY_DIGITS
LENGTH = THREAD_DIGITS + DEEPEST * REPLY_DIGITS


def of_thread(pk):
    return f"{10**THREAD_DIGITS - pk:0{THREAD_DIGITS}d}"


def last_below(thread_place):
    """Return a place behind every reply of the thread, and before whatever comes next."""
    return thread_place + LAST_REPLY


def of_reply(parent_place, number):
    """Return the place of the reply that is the `number`th of its whole thread."""
    stem = parent_place[: LENGTH - REPLY_DIGITS]
    return f"{stem}{number:0{REPLY_DIGITS}d}"
