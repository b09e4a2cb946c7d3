"""What the stories stand in: sections, topics, authors, accounts, policy pages, pictures."""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files import File
from django.utils.text import slugify

from articles import imaging, renditions
from articles.demo import newsroom, texts
from articles.demo.generated import words
from articles.models import Author, Page, Picture, Section, Topic

ACCOUNTS = {"Reporter": 6, "Editor": 3, "Moderator": 2}  # group: how many
PICTURES_SHOWN = 3
MOST_TOPICS, MOST_AUTHORS = 400, 250


@dataclass(frozen=True)
class Furniture:
    """The keys of what was made, as rows name them."""

    sections: list[int]
    brief: int
    topics: list[int]
    authors: list[int]
    accounts: dict[str, list[int]]
    pictures: list[Picture] = field(default_factory=list)


def furnish(stories, at):
    """Make as much as suits so many stories, as of the instant `at`."""
    accounts = {group: _accounts(group, count, at) for group, count in ACCOUNTS.items()}
    for text in texts.pages():
        Page(slug=text.slug, title=text["Title"], body=text.body, order=int(text["Order"])).save()
    Page.objects.update(changed_at=at)
    *sections, brief = _sections()
    return Furniture(
        sections=sections,
        brief=brief,
        topics=_topics(min(MOST_TOPICS, 24 + stories // 2500)),
        authors=_authors(min(MOST_AUTHORS, 12 + stories // 4000)),
        accounts=accounts,
        pictures=[_picture(text, at) for text in texts.pictures()[:PICTURES_SHOWN]],
    )


def _sections():
    names = [*newsroom.SECTIONS, newsroom.BRIEF]
    sections = [
        Section(name=name, slug=slugify(name), order=order, is_brief=name == newsroom.BRIEF)
        for order, name in enumerate(names, start=1)
    ]
    return [section.pk for section in Section.objects.bulk_create(sections)]


def _topics(count):
    subjects = [*words.TOPICS]
    subjects += [f"{subject} of {place}" for subject in words.TOPIC_SUBJECTS for place in words.PLACES]
    topics = [Topic(name=name, slug=slugify(name)) for name in subjects[:count]]
    return [topic.pk for topic in Topic.objects.bulk_create(topics)]


def _authors(count):
    """Give each author another pair of names."""
    first, last = words.FIRST_NAMES, words.LAST_NAMES
    names = [
        f"{first[number % len(first)]} {last[(number + number // len(first)) % len(last)]}"
        for number in range(count)
    ]
    authors = [Author(name=name, slug=slugify(name), role="Correspondent") for name in names]
    return [author.pk for author in Author.objects.bulk_create(authors)]


def _accounts(group, count, at):
    """Make accounts to which no password leads: an administrator gives them one."""
    users = get_user_model().objects
    members = Group.objects.get_or_create(name=group)[0].user_set
    keys = []
    for number in range(1, count + 1):
        name = f"generated-{group.lower()}-{number}"
        account = users.create(username=name, password="!", is_staff=True, date_joined=at)
        members.add(account)
        keys.append(account.pk)
    return keys


def _picture(text, at):
    """Store a drawing of the demonstration; the worker finds which sizes are still to be made."""
    token = f"generated-{text.slug}"
    focal_x, focal_y = map(int, text["Focus"].split())
    with (texts.HERE / "pictures" / f"{text.slug}.jpg").open("rb") as file:
        image = imaging.open_original(file)
        picture = Picture(
            token=token,
            alt_text=text["Alt"],
            caption=text["Caption"],
            credit=newsroom.CREDIT,
            focal_x=focal_x,
            focal_y=focal_y,
            width=image.width,
            height=image.height,
            renditions_due_at=at,
            uploaded_at=at,
        )
        path = f"originals/{token}.jpg"
        picture.original.name = renditions.storage.save(path, File(file))
    renditions.make_fallbacks(picture, image)
    Picture.objects.bulk_create([picture])  # past `save`, which makes up a task with a number of its own
    return picture
