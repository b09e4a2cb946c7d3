"""A sheet to draw on: 2400 × 1600, drawn twice as large and reduced, so that edges are smooth.

Coordinates are in units of the finished picture. Nothing here is random: the same code
draws the same bytes with the same Pillow.
"""

import math
import random

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 2400, 1600
SCALE = 2
SOFT = 4  # soft shapes are drawn this much smaller than the sheet, where blurring is cheap

INK, PAPER, TINT, RED, GOLD = "#15191f", "#ffffff", "#f5f3ee", "#a8141e", "#c9a24a"


class Canvas:
    def __init__(self, ground=TINT, seed=1):
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image, "RGBA")
        self.random = random.Random(seed)

    def sky(self, *stops, top=0, bottom=HEIGHT):
        """Fill from `top` to `bottom` with a gradient through `stops`: pairs of 0–1 and a colour."""
        rows = []
        for row in range(bottom - top):
            rows.append(_between(stops, row / max(1, bottom - top - 1)))
        strip = Image.new("RGB", (1, len(rows)))
        strip.putdata(rows)
        self.image.paste(
            strip.resize((WIDTH * SCALE, len(rows) * SCALE), Image.Resampling.BILINEAR), (0, top * SCALE)
        )

    def polygon(self, points, colour, opacity=1.0):
        self.draw.polygon(_scaled(points), fill=_rgba(colour, opacity))

    def box(self, left, top, right, bottom, colour, opacity=1.0, radius=0):
        box = _scaled([(left, top), (right, bottom)])
        self.draw.rounded_rectangle(box, radius * SCALE, fill=_rgba(colour, opacity))

    def line(self, points, colour, width=2.0, opacity=1.0):
        self.draw.line(
            _scaled(points), fill=_rgba(colour, opacity), width=round(width * SCALE), joint="curve"
        )

    def outline(self, points, colour, width=2.0, opacity=1.0):
        self.line([*points, points[0]], colour, width, opacity)

    def disc(self, centre, radius, colour, opacity=1.0):
        self.ellipse(centre, radius, radius, colour, opacity)

    def ellipse(self, centre, rx, ry, colour, opacity=1.0):
        (x, y) = centre
        self.draw.ellipse(_scaled([(x - rx, y - ry), (x + rx, y + ry)]), fill=_rgba(colour, opacity))

    def ring(self, centre, radius, colour, width=2.0, opacity=1.0):
        (x, y) = centre
        box = _scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self.draw.ellipse(box, outline=_rgba(colour, opacity), width=round(width * SCALE))

    def glow(self, centre, radius, colour, strength=1.0, fall=2.0):
        """Lay light round `centre` that is gone at `radius`; a higher `fall` keeps it closer."""
        # Pillow's gradient counts up to 255 at the corners of its square, 180 at its sides.
        light = [round(255 * strength * max(0, 1 - value / 180) ** fall) for value in range(256)]
        mask = Image.radial_gradient("L").point(light)
        size = max(2, round(2 * radius * SCALE))
        mask = mask.resize((size, size), Image.Resampling.BILINEAR)
        corner = (round((centre[0] - radius) * SCALE), round((centre[1] - radius) * SCALE))
        self.image.paste(ImageColor.getrgb(colour), corner, mask)

    def haze(self, top, bottom, colour, above=0.0, below=0.6):
        """Veil the rows from `top` to `bottom`, from one opacity to the other."""
        levels = Image.linear_gradient("L").resize((1, (bottom - top) * SCALE), Image.Resampling.BILINEAR)
        levels = levels.point([round(255 * (above + (below - above) * value / 255)) for value in range(256)])
        mask = levels.resize((WIDTH * SCALE, (bottom - top) * SCALE))
        self.image.paste(ImageColor.getrgb(colour), (0, top * SCALE), mask)

    def soft(self, shapes, colour, blur=12.0, opacity=1.0):
        """Draw blurred what `shapes` draws with the two functions it is given, for polygons and discs."""
        mask = Image.new("L", (WIDTH // SOFT, HEIGHT // SOFT))
        draw = ImageDraw.Draw(mask)

        def polygon(points):
            draw.polygon([(x / SOFT, y / SOFT) for x, y in points], fill=255)

        def disc(centre, radius):
            x, y, r = centre[0] / SOFT, centre[1] / SOFT, radius / SOFT
            draw.ellipse((x - r, y - r, x + r, y + r), fill=255)

        shapes(polygon, disc)
        mask = mask.filter(ImageFilter.GaussianBlur(blur / SOFT))
        mask = mask.point([round(value * opacity) for value in range(256)])
        self.image.paste(
            ImageColor.getrgb(colour), (0, 0), mask.resize(self.image.size, Image.Resampling.BICUBIC)
        )

    def relief(self, strength=0.5):
        """Model the sheet as lit from the upper left, over hills that nature did not make."""
        heights = Image.new("L", (WIDTH, HEIGHT), 128)
        for cells, share in [(9, 0.5), (22, 0.34), (54, 0.22), (130, 0.12)]:
            size = (cells, cells * 2 // 3)
            hills = Image.frombytes("L", size, self.random.randbytes(size[0] * size[1]))
            heights = Image.blend(heights, hills.resize(heights.size, Image.Resampling.BICUBIC), share)
        light = ImageChops.subtract(heights, ImageChops.offset(heights, 7, 7), scale=0.25, offset=128)
        light = light.filter(ImageFilter.GaussianBlur(2)).resize(self.image.size, Image.Resampling.BILINEAR)
        shaded = ImageChops.soft_light(self.image, Image.merge("RGB", [light] * 3))
        self.image.paste(Image.blend(self.image, shaded, strength))

    def label(self, place, text, colour, size=40, anchor="ls"):
        font = ImageFont.load_default(size * SCALE)
        self.draw.text(_scaled([place])[0], text, font=font, fill=colour, anchor=anchor)

    def save(self, path):
        sheet = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        _with_grain(sheet, self.random).save(path, quality=76, optimize=True, progressive=True)


def curve(start, *pieces, steps=40):
    """Return the points of Bézier pieces, each two control points and an end, that begin at `start`."""
    points = [start]
    for one, two, end in pieces:
        origin = points[-1]
        for step in range(1, steps + 1):
            points.append(_bezier(origin, one, two, end, step / steps))
    return points


def turned(points, degrees, centre):
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    cx, cy = centre
    return [(cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos) for x, y in points]


def circle(centre, radius, steps=72):
    cx, cy = centre
    angles = [2 * math.pi * step / steps for step in range(steps)]
    return [(cx + radius * math.cos(angle), cy + radius * math.sin(angle)) for angle in angles]


def _bezier(a, b, c, d, t):
    s = 1 - t
    return tuple(
        s**3 * p + 3 * s * s * t * q + 3 * s * t * t * r + t**3 * u
        for p, q, r, u in zip(a, b, c, d, strict=True)
    )


def _between(stops, place):
    for (low, first), (high, second) in zip(stops, stops[1:], strict=False):
        if place <= high:
            share = (place - low) / (high - low)
            pairs = zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True)
            return tuple(round(a + (b - a) * share) for a, b in pairs)
    return ImageColor.getrgb(stops[-1][1])


def _scaled(points):
    return [(x * SCALE, y * SCALE) for x, y in points]


def _rgba(colour, opacity):
    return (*ImageColor.getrgb(colour), round(255 * opacity))


def _with_grain(sheet, source):
    """Add the faint unevenness of print, which also keeps gradients from showing steps."""
    small = (WIDTH // 2, HEIGHT // 2)
    grain = Image.frombytes("L", small, source.randbytes(small[0] * small[1])).resize(
        sheet.size, Image.Resampling.BICUBIC
    )
    grain = grain.point([round(128 + (value - 128) / 44) for value in range(256)])
    return ImageChops.add(sheet, Image.merge("RGB", [grain] * 3), scale=1, offset=-128)
