"""Pages kept ready: rendered once, answered before Django is asked, gone as soon as they are not true.

`marks` write down what changes, `showing` what a page shows, `watch` compares the two for
each process; `shelf` keeps pages, `door` answers with them. What may be kept, `articles.caching` says.
"""
