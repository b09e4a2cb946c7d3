"""What other apps may want to hear of. Receivers run inside the transaction of the act."""

from django.dispatch import Signal

# Readers see a newer version of a story: `article`, and `version` with its kind and note.
version_published = Signal()
