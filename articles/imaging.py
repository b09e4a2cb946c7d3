"""All that touches pixels: what is taken for a picture, and how one becomes another.

Pillow is imported and limited here, and nowhere else.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageOps

from articles import picture_metadata

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 25_000_000
MAX_PIXELS = 60_000_000  # a full frame of the largest cameras; 180 MB when decoded
MAX_STRETCH = 8  # how many times one side may be the other; WebP ends at 16,383 pixels
WHITE = (255, 255, 255)
IIM = 0x0404  # the number under which Photoshop's part of a JPEG holds IPTC's old form

# Measured on four photographs: at these settings all three lose about as much (33 to 34 dB), AVIF
# weighs half of JPEG and WebP two thirds. Slower AVIF (speed 4) takes five times as long to save
# nothing, faster (8) saves little time in the end and weighs 5% more.
ENCODERS = {
    "avif": ("AVIF", {"quality": 55, "speed": 6, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 72, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}
ORIGINALS = {
    "png": ("PNG", {"compress_level": 3}),
    "jpg": ("JPEG", {"quality": 92, "subsampling": 0}),
}

# Pillow only warns up to twice its limit. We look at the header and refuse; see `_check`.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("ignore", Image.DecompressionBombWarning)

_SRGB = ImageCms.createProfile("sRGB")
_one_at_a_time = Lock()  # in a process: a few large uploads at once would take all of its memory


@dataclass
class Upload:
    """A picture as we keep it: upright, in sRGB, with nothing in the file but pixels.

    `words` are what the file said in words before it was stripped.
    """

    image: Image.Image
    content: bytes
    extension: str
    words: dict


def take_in(file):
    """Return the `Upload` that `file` makes. Raises ValidationError with a sentence for the editor.

    What counts is what the file holds, whatever its name. Transparent parts become
    white: on a dark page black lettering would otherwise vanish.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(f"This file is larger than {MAX_BYTES // 1_000_000} MB.")
    file.seek(0)
    try:
        with _one_at_a_time:
            return _taken_in(file)
    except ValidationError:
        raise
    except Image.UnidentifiedImageError:
        raise ValidationError(
            "This is not a picture that we can use: send a JPEG, a PNG or a WebP."
        ) from None
    except Image.DecompressionBombError:
        raise ValidationError(_too_many_pixels()) from None
    except Exception:  # decoders raise whatever they like on broken files
        raise ValidationError("This picture is damaged or incomplete. Please send the file again.") from None


def open_original(file):
    with Image.open(file, formats=FORMATS) as image:
        return image.convert("RGB")


def render(image, box, size, extension):
    """Return the bytes of the part `box` of `image` at `size`, in pixels."""
    small = image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    return _encode(small, *ENCODERS[extension])


def _taken_in(file):
    image = Image.open(file, formats=FORMATS)
    _check(image)
    extension = "png" if image.format == "PNG" else "jpg"
    image.load()
    words = _words(image)
    image = _upright_srgb(image)
    return Upload(image, _encode(image, *ORIGINALS[extension]), extension, words)


def _check(image):
    """Refuse from the header alone, before a pixel is decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ValidationError(_too_many_pixels())
    if max(width, height) > MAX_STRETCH * min(width, height):
        raise ValidationError(f"This picture is more than {MAX_STRETCH} times as long as it is wide.")
    # A JPEG may carry its own previews as further frames; the first is the picture.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise ValidationError("This picture moves. Please send a still one.")


def _words(image):
    """Read the words of the file; a picture whose words are broken is a picture all the same."""
    try:
        exif = dict(image.getexif())
    except Exception:  # as decoders do
        exif = {}
    resources = image.info.get("photoshop")
    iim = resources.get(IIM) if isinstance(resources, dict) else None
    return picture_metadata.words_of(xmp=image.info.get("xmp"), iim=iim, exif=exif)


def _too_many_pixels():
    return f"This picture has more than {MAX_PIXELS // 1_000_000} million pixels. Please send a smaller one."


def _upright_srgb(image):
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off instead of scaling
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        image = _on_white(image.convert("RGBA"))
    elif image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGB")
    image = _to_srgb(image, profile)
    image.info = {}  # encoders would write some of it back
    return image


def _on_white(image):
    ground = Image.new("RGB", image.size, WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _to_srgb(image, profile):
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source) or image.mode != "RGB":
                return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is broken or of another kind of colour says nothing
    return image.convert("RGB")


def _encode(image, format, options):
    content = BytesIO()
    image.save(content, format, **options)
    return content.getvalue()
