"""What a story must have before readers may see it."""


def problems(article):
    """Return what is missing for publication, a sentence each; an empty list when the story is ready."""
    return [*_of_the_text(article), *_of_the_place(article), *_of_the_pictures(article)]


def _of_the_text(article):
    version = article.draft or article.live_version
    if not version or not version.headline.strip():
        yield "The headline is missing."
    if not version or not version.standfirst.strip():
        yield "The standfirst is missing."
    if not version or not version.word_count:
        yield "The body is empty."


def _of_the_place(article):
    if article.section is None:
        yield "The section is missing."
    if not article.bylines.exists():
        yield "The byline is missing: name at least one author."


def _of_the_pictures(article):
    version = article.draft or article.live_version
    pictures = [article.picture] if article.picture else []
    if version:
        pictures += version.pictures.all()
    for picture in dict.fromkeys(pictures):
        yield from picture.problems()
