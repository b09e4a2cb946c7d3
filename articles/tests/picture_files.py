"""Picture files for tests, made on the spot."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import Picture

RED, GREEN, BLUE = (200, 30, 30), (30, 180, 30), (30, 30, 200)


def stripes(width=1200, height=900, colours=(RED, GREEN, BLUE), mode="RGB"):
    """Return a picture of vertical stripes, by which one sees where a crop was made."""
    image = Image.new("RGB", (len(colours), 1))
    image.putdata(colours)
    return image.resize((width, height), Image.Resampling.NEAREST).convert(mode)


def file_of(image, format="JPEG", name=None, **options):
    content = BytesIO()
    image.save(content, format, **options)
    return SimpleUploadedFile(name or f"IMG_0001.{format.lower()}", content.getvalue())


def make_picture(image=None, *, alt_text="Troops in Kursk", credit="AnewZ graphics", **changes):
    original = file_of(image or stripes())
    return Picture.objects.create(original=original, alt_text=alt_text, credit=credit, **changes)


def colours_of(file):
    """Return the rough colours of the left edge, the middle and the right edge of a picture file."""
    image = Image.open(file).convert("RGB")
    spots = (2, image.width // 2, image.width - 3)
    return [nearest(image.getpixel((x, image.height // 2))) for x in spots]


def nearest(colour):
    known = {"red": RED, "green": GREEN, "blue": BLUE, "white": (255, 255, 255), "black": (0, 0, 0)}
    return min(known, key=lambda name: sum((a - b) ** 2 for a, b in zip(known[name], colour, strict=True)))
