"""What readers answered in a newsroom of any size: the same seed gives the same rows, on any day.

Comments stand as if readers had sent them and moderators had decided about some. Left out is what a
site forgets within weeks: networks, what likeness is found by, letters.
"""
