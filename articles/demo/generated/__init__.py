"""A newsroom of any size, made of our own word lists. The same seed gives the same rows, on any day.

Rows go into the database by the thousand, as the acts of `articles.publishing` would have left them:
`articles.ledger` finds nothing wrong. Earlier saves (`Revision`) are left out.
"""
