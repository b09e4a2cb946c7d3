from articles.models.ledger import LedgerHead, hash_of


class Chain:
    """The ledger of one model, lengthened in memory; `keep` writes where it ends."""

    def __init__(self, model):
        self._fields = model.LEDGER_FIELDS
        self._head, _ = LedgerHead.objects.get_or_create(chain=model._meta.label_lower)

    def link(self, content):
        """Return number, previous hash and hash of the next row, which says `content`."""
        head = self._head
        head.number, previous = head.number + 1, head.hash
        head.hash = hash_of(head.number, previous, {name: content.get(name) for name in self._fields})
        return head.number, previous, head.hash

    def keep(self):
        self._head.save()
