"""What may be heard of comments. Receivers run inside the transaction of the act."""

from django.dispatch import Signal

# Readers see a comment for the first time: `comment`.
comment_published = Signal()
