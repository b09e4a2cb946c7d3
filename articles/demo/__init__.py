"""The demonstration newsroom: a week of April 2025, to be read, corrected and deleted.

`stories/` and `pages/` hold the texts, one file each, named by their address; `pictures/`
the drawings, made by `drawings/`; `reports/` what readers found wrong; `newsroom.py` the
sections, topics, desks and accounts; `loading.py` brings them into the database.
"""
