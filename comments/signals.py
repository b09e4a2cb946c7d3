"""What may be heard of comments. Receivers run inside the transaction of the act."""

from django.dispatch import Signal

# Readers see a comment that they did not see before: `comment`. `as_stored` says whether they do since it
# is stored; otherwise somebody let it pass, and may take that back for as long as `UNDO_FOR`.
comment_published = Signal()
