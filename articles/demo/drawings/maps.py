"""Maps, from outlines set down by hand: true enough to recognise, too coarse to measure. No borders."""

import math
import random

from articles.demo.drawings.canvas import HEIGHT, INK, RED, WIDTH, Canvas

MOSCOW, PYONGYANG, KURSK = (37.6, 55.8), (125.8, 39.0), (36.2, 51.7)

# Pairs of longitude and latitude.
EURASIA = [
    (-9.4, 38.7), (-8.9, 37), (-6.3, 36.6), (-5.6, 36), (-2, 36.7), (-0.5, 38.3), (-0.3, 39.5),
    (0.8, 40.8), (3.2, 42), (3, 43.2), (4.8, 43.4), (7.5, 43.8), (8.9, 44.4), (10.3, 43.5),
    (12.3, 41.7), (15.6, 40), (15.8, 38), (17, 39), (16.7, 40.4), (18.5, 40.1), (16, 41.6),
    (13.6, 43.6), (12.3, 45.2), (13.7, 45.6), (14.6, 45), (16.4, 43.5), (19.4, 41.8), (19.5, 40.3),
    (21.3, 38.3), (22.8, 36.5), (24, 37.8), (23, 39.2), (22.8, 40.5), (24, 40.7), (26, 40.7),
    (26.2, 39.3), (27.3, 37), (30.5, 36.5), (34, 36.2), (36, 36.5), (35.5, 33.5), (34.3, 31.3),
    (32.4, 31.2), (32.6, 29.9), (34.9, 29.5), (35.5, 28), (39, 21.5), (42.6, 16.5), (43.4, 12.7),
    (45, 12.9), (52, 16), (55.2, 17.5), (57.8, 19), (59.8, 22.5), (56.4, 26.2), (54, 24.2),
    (51.5, 24.5), (51.2, 26), (50.2, 26.6), (48, 30), (50, 30.1), (51.5, 27.8), (54.5, 26.6), (57, 27),
    (58.5, 25.6), (61.6, 25.1), (66.5, 25.3), (67.5, 23.8), (70.5, 20.8), (72.8, 21), (72.8, 19),
    (74.5, 14), (77.5, 8.1), (80.2, 13), (80.2, 15.7), (85, 19.7), (88, 21.7), (91.5, 22.5),
    (94.3, 16.2), (97, 17), (98.6, 10), (100.4, 6), (103.4, 1.3), (104.2, 2.5), (103, 5.5), (100.2, 9),
    (100, 13.3), (102.5, 12), (104.8, 8.7), (106.8, 10.4), (109.3, 12.5), (108, 16), (105.8, 19),
    (108, 21.6), (110.5, 21.2), (113.8, 22.2), (117, 23.5), (119.7, 25.8), (121.7, 29), (121.8, 31),
    (120.3, 33.5), (119.3, 34.8), (120.5, 36), (122.5, 37.2), (119.2, 37.3), (117.7, 38.8), (121, 40.8),
    (121.3, 38.9), (124.3, 39.9), (125.2, 38.6), (126.5, 37.3), (126.4, 34.5), (129.2, 35.2),
    (129.4, 37), (127.5, 39.4), (129.8, 41), (130.7, 42.3), (133, 42.7), (135.5, 44.5), (140.3, 48.5),
    (141.3, 53), (137.5, 54), (135.2, 54.7), (140, 57.7), (143, 59.3), (149, 59.6), (155, 59.3),
    (160, 61.7), (164, 62.5), (160, 60.3), (156.5, 57.5), (155.8, 54), (156.8, 51), (160, 53.2),
    (162.5, 56), (163, 58), (165, 60), (170.5, 60), (177, 62.5), (179.5, 64.8), (190, 66), (180, 68.9),
    (170, 69.8), (160, 69.6), (152, 71), (140, 72.6), (130, 71.3), (127, 73.5), (113.5, 73.7),
    (113, 75.8), (104, 77.7), (98, 76), (87, 75), (80.5, 73), (78, 72.2), (77.5, 69), (74, 68.5),
    (73.5, 71.5), (70, 73), (67, 71), (68.5, 68.5), (65, 69), (60.5, 69.2), (54, 68.5), (48, 67.8),
    (44, 68.4), (43.8, 66.2), (40, 64.8), (35, 64.2), (34, 66.8), (41, 66.6), (40, 67.8), (33, 69.4),
    (28, 71), (20, 70), (14.5, 67.5), (11, 64.5), (5, 61.5), (5.5, 59), (8, 58), (10.7, 59.2),
    (12.5, 56), (14.2, 55.5), (16.5, 57), (19, 60), (17.3, 61.5), (20.5, 63.7), (22, 65.6), (25.3, 65),
    (21.5, 62.8), (21.5, 60.7), (25, 60.2), (29.8, 60), (28, 59.5), (23.6, 59.2), (24.3, 57.3),
    (21.5, 57.3), (21, 55.2), (19.5, 54.4), (14.2, 53.9), (10.9, 54), (10.5, 57.6), (8.2, 57),
    (8.6, 54), (4.7, 53), (1.7, 50.8), (-1.5, 49.6), (-1.5, 48.7), (-4.7, 48.4), (-1.2, 46),
    (-1.6, 43.4), (-8, 43.7), (-9.2, 43), (-8.8, 41),
]  # fmt: skip
AFRICA = [
    (-6, 35.8), (-2, 35.2), (3, 36.9), (10, 37.3), (11, 33.5), (15.5, 32.3), (20, 31), (25, 31.6),
    (32.4, 31.2), (32.6, 29.9), (37, 21), (43, 11.7), (51, 11.5), (42, -1), (9, 0), (-17, 15),
    (-10, 30),
]  # fmt: skip
ISLANDS = [
    [(-5.5, 50.1), (1.4, 51.2), (1.7, 52.7), (0.2, 53.4), (-2, 55.7), (-2, 57.5), (-5, 58.6),
     (-6, 56.5), (-3, 54.5), (-4.5, 53.2), (-5, 51.8), (-3, 51.4)],
    [(-9.8, 51.6), (-6.2, 52.3), (-6, 54.4), (-8, 55.2), (-10, 54)],
    [(130.9, 34), (135.5, 33.6), (140, 35), (141.9, 39.5), (141, 41.4), (139.8, 39.5), (137, 37),
     (133, 35.5)],
    [(129.8, 33.3), (131.8, 33.5), (131.2, 31.4), (130.2, 31.3)],
    [(140, 41.6), (143.3, 42), (145.5, 43.3), (141.8, 45.4), (140.5, 43.3)],
    [(142, 46), (143.6, 49.3), (143, 54.3), (142, 52)],
    [(120.2, 23), (121, 22), (121.9, 25)],
    [(52, 71), (57, 70.6), (58, 74), (68.5, 76.7), (60, 76.2), (54, 73.5)],
    [(97, 79), (103, 78.2), (105, 79), (97, 81)],
    [(12, 78), (17, 76.7), (25, 79), (20, 80.3)],
    [(138, 75.5), (145, 75), (150, 75.2), (142, 76.2)],
    [(12.5, 38), (15.4, 38.1), (15.2, 36.7)],
    [(8.4, 39), (9.6, 39.2), (9.4, 42.8), (8.7, 42)],
    [(32.4, 34.8), (34.5, 35.6), (33.8, 34.9)],
    [(23.6, 35.4), (26.2, 35.2), (24.5, 34.9)],
]  # fmt: skip
INLAND_SEAS = [
    [(28, 42), (29, 41.2), (31.5, 41.2), (35, 42), (38, 41), (41.5, 41.5), (41.5, 42.3), (39, 44),
     (37, 45), (35.3, 45.1), (33.6, 44.4), (32.6, 45.4), (33, 46.1), (31, 46.5), (29.7, 45.2),
     (28.6, 43.8)],
    [(35, 46.3), (36.5, 45.4), (38, 46), (39.2, 47.1), (37.5, 47)],
    [(47.5, 43), (47.3, 45), (51, 47), (53, 46.8), (51, 45), (50.3, 44.4), (52.5, 42.5), (53.8, 41),
     (53.5, 39), (53.9, 37), (51, 36.7), (49, 37.6), (49.3, 39.2), (50.3, 40.3), (48.7, 41.8)],
    [(103.8, 51.5), (106, 52), (109.6, 55), (109.3, 55.7), (106, 53.3)],
    [(30.2, 60), (32.8, 60.3), (32, 61.5), (30, 61.2)],
    [(35, 61), (36.2, 61.3), (35.4, 62.7), (34.4, 62)],
]  # fmt: skip
IBERIA = [
    (-9.45, 38.75), (-9.2, 38.42), (-8.75, 38.4), (-8.85, 37.9), (-8.97, 37.03), (-8.2, 37.1),
    (-7.9, 36.97), (-7.2, 37.2), (-6.4, 36.75), (-6.25, 36.4), (-5.6, 36.02), (-5.3, 36.2),
    (-4.4, 36.72), (-3.1, 36.73), (-2.2, 36.72), (-1.65, 37.35), (-0.72, 37.6), (-0.65, 38.15),
    (0.2, 38.75), (-0.2, 39.15), (-0.3, 39.55), (0.2, 40.2), (0.7, 40.62), (0.85, 40.8), (1.3, 41.12),
    (2.2, 41.38), (3.15, 41.9), (3.3, 42.3), (3.05, 43.1), (4.2, 43.5), (7, 44), (7, 46), (-1.3, 46),
    (-1.2, 44.6), (-1.8, 43.38), (-3, 43.42), (-3.8, 43.5), (-5.85, 43.65), (-7.7, 43.77), (-8.3, 43.4),
    (-9.2, 43.1), (-8.85, 42.3), (-8.75, 41.5), (-8.65, 40.9), (-8.9, 40.15), (-9.35, 39.35),
]  # fmt: skip
BALEARICS = [
    [(2.35, 39.6), (3.1, 39.95), (3.45, 39.7), (3.05, 39.28), (2.65, 39.5)],
    [(1.2, 38.9), (1.55, 39.1), (1.55, 38.95), (1.35, 38.83)],
    [(3.82, 40.0), (4.3, 39.9), (4.2, 39.82)],
]
MOROCCO = [
    (-6.9, 33),
    (-6, 35.75),
    (-5.3, 35.9),
    (-4.5, 35.2),
    (-3, 35.25),
    (-1.2, 35.7),
    (1, 36.5),
    (5, 36.8),
    (5, 33),
]
KURSK_REGION = [
    (34.1, 52), (34.4, 51.75), (34.1, 51.65), (34.25, 51.27), (34.7, 51.17), (35.1, 51.22),
    (35.12, 50.98), (35.6, 51.05), (36.05, 51), (36.5, 51.06), (36.9, 51.02), (37.2, 51.12),
    (37.6, 51.3), (38.2, 51.33), (38.5, 51.6), (38.35, 51.95), (37.9, 52.05), (37.3, 52.15),
    (36.6, 52.4), (36, 52.3), (35.3, 52.25), (34.9, 52.15), (34.4, 52.1),
]  # fmt: skip
FRONTIER = [
    (31, 52.1), (31.8, 52.1), (32.5, 52.3), (33.2, 52.37), (33.8, 52.36), (34.1, 52), (34.4, 51.75),
    (34.1, 51.65), (34.25, 51.27), (34.7, 51.17), (35.1, 51.22), (35.12, 50.98), (35.45, 50.75),
    (35.6, 50.37), (36.1, 50.43), (36.6, 50.22), (37, 50.33), (37.45, 50.44), (37.7, 50.08),
    (38.2, 50.05), (38.7, 49.95), (39.2, 49.85), (40.2, 49.6),
]  # fmt: skip
RIVERS = [
    [(38, 51.55), (37.2, 51.5), (36.7, 51.65), (36.2, 51.65), (35.6, 51.6), (34.9, 51.55), (34.3, 51.4),
     (33.6, 51.35), (32.9, 51.45), (32, 51.3)],
    [(34.6, 53.3), (33.9, 52.9), (33.5, 52.4), (32.9, 52), (32.2, 51.6), (31, 51.4)],
    [(36.6, 51.1), (36, 51.05), (35.3, 51.2), (34.8, 50.9), (34.4, 50.4), (33.8, 49.8)],
    [(36.9, 51), (36.6, 50.6), (36.9, 50.2), (36.6, 49.7), (37.4, 49.2)],
    [(40, 52.8), (39.2, 52.2), (39.3, 51.4), (39.6, 50.8), (40.4, 50)],
]  # fmt: skip
# Longitude, latitude and size of the light; 0 stays dark.
CITIES = [
    (-3.7, 40.42, 10), (2.15, 41.4, 9), (-9.14, 38.74, 8), (-0.38, 39.47, 7), (-5.98, 37.39, 7),
    (-8.61, 41.15, 7), (-0.88, 41.65, 5), (-4.42, 36.73, 6), (-2.93, 43.26, 6), (-0.48, 38.35, 5),
    (-1.13, 37.99, 5), (-4.78, 37.89, 4), (-4.72, 41.65, 4), (-8.72, 42.23, 5), (-8.4, 43.36, 5),
    (-5.66, 43.53, 5), (-3.6, 37.18, 4), (-8.43, 40.2, 3), (-7.93, 37.02, 3), (-6.97, 38.88, 3),
    (-5.66, 40.97, 3), (-3.7, 42.34, 3), (-1.64, 42.81, 4), (-2.45, 42.46, 3), (-0.12, 40, 3),
    (1.25, 41.12, 4), (-6.3, 36.53, 4), (-2.46, 36.84, 3), (2.82, 41.98, 3), (-5.57, 42.6, 3),
    (2.65, 39.57, 4), (-0.58, 44.84, 5), (1.44, 43.6, 6), (3.88, 43.61, 4), (5.37, 43.3, 6),
    (-5.8, 35.77, 4), (-0.64, 35.7, 5), (3.06, 36.75, 6), (-1.86, 38.99, 0), (-3.93, 38.98, 0),
    (-6.37, 39.47, 0), (-1.1, 40.34, 0),
]  # fmt: skip


def coast(outline, roughness=0.16, shortest=0.25):
    """Return `outline`, closed, with bays and headlands between its points; they are the same each time."""
    return winding([*outline, outline[0]], roughness, shortest)


def winding(line, roughness=0.16, shortest=0.25):
    """Return `line` with turns of its own between its points, so that what shares them runs along with it."""
    points = [line[0]]
    for start, end in zip(line, line[1:], strict=False):
        source = random.Random(f"{start} {end}")
        points += [*_between(start, end, roughness, shortest, source), end]
    return points


def _between(start, end, roughness, shortest, source):
    length = math.dist(start, end)
    if length < shortest:
        return []
    aside = source.uniform(-roughness, roughness)
    middle = (
        (start[0] + end[0]) / 2 - aside * (end[1] - start[1]),
        (start[1] + end[1]) / 2 + aside * (end[0] - start[0]),
    )
    before = _between(start, middle, roughness, shortest, source)
    return [*before, middle, *_between(middle, end, roughness, shortest, source)]


class Azimuthal:
    """Lambert's equal-area view from above one point; `radius` in units of the sheet."""

    def __init__(self, centre, radius, at=(WIDTH / 2, HEIGHT / 2)):
        self.longitude, self.latitude = map(math.radians, centre)
        self.radius, self.at = radius, at

    def __call__(self, place):
        longitude, latitude = math.radians(place[0]) - self.longitude, math.radians(place[1])
        sin, cos = math.sin(self.latitude), math.cos(self.latitude)
        nearness = sin * math.sin(latitude) + cos * math.cos(latitude) * math.cos(longitude)
        factor = self.radius * math.sqrt(2 / (1 + max(nearness, -0.9)))
        x = factor * math.cos(latitude) * math.sin(longitude)
        y = factor * (cos * math.sin(latitude) - sin * math.cos(latitude) * math.cos(longitude))
        return self.at[0] + x, self.at[1] - y

    def all(self, places):
        return [self(place) for place in places]


def great_circle(start, end, steps=120):
    """Return the places on the shortest way between two."""
    a, b = _vector(start), _vector(end)
    angle = math.acos(sum(p * q for p, q in zip(a, b, strict=True)))
    for step in range(steps + 1):
        share = step / steps
        x, y, z = (
            (math.sin((1 - share) * angle) * p + math.sin(share * angle) * q) / math.sin(angle)
            for p, q in zip(a, b, strict=True)
        )
        yield math.degrees(math.atan2(y, x)), math.degrees(math.asin(z))


def _vector(place):
    longitude, latitude = map(math.radians, place)
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def pyongyang_moscow():
    sheet = Canvas("#141b24", seed=3)
    sheet.sky((0, "#1d2733"), (1, "#10161d"))
    view = Azimuthal((82, 52), 1480, at=(1235, 890))
    for land in [EURASIA, AFRICA, *ISLANDS]:
        _shore(sheet, view.all(coast(land)), "#37424e", "#93a0ad")
    for sea in INLAND_SEAS:
        _shore(sheet, view.all(coast(sea)), "#18212b", "#93a0ad")
    for latitude in range(0, 90, 10):
        sheet.line(
            view.all([(longitude, latitude) for longitude in range(-20, 191, 2)]), "#8fa0b2", 1.5, 0.22
        )
    for longitude in range(-20, 200, 10):
        sheet.line(view.all([(longitude, latitude) for latitude in range(0, 89, 2)]), "#8fa0b2", 1.5, 0.22)
    sheet.glow(view(KURSK), 420, "#c8323c", 0.55)
    way = view.all(great_circle(PYONGYANG, MOSCOW))
    sheet.line(way, "#0c1116", 16, 0.5)
    sheet.line([*way, view(KURSK)], "#e0303c", 8)
    for place in (PYONGYANG, MOSCOW, KURSK):
        sheet.disc(view(place), 22, "#e0303c" if place == KURSK else "#f5f3ee")
        sheet.disc(view(place), 10, "#f5f3ee" if place == KURSK else "#141b24")
    for place, name, shift, anchor in [
        (MOSCOW, "Moscow", (10, -44), "ms"),
        (KURSK, "Kursk", (-44, 34), "rs"),
        (PYONGYANG, "Pyongyang", (-46, 44), "rs"),
    ]:
        x, y = view(place)
        sheet.label((x + shift[0], y + shift[1]), name, "#f5f3ee", 64, anchor)
    return sheet


def _shore(sheet, points, fill, edge):
    """Draw land, or a sea in it, with the shallow line that old maps have along the coast."""
    sheet.outline(points, edge, 10, 0.1)
    sheet.polygon(points, fill)
    sheet.outline(points, edge, 2, 0.6)


def kursk_region():
    sheet = Canvas("#e9e3d6", seed=13)
    view = Azimuthal((36.1, 51.45), 29500)
    frontier = view.all(winding(FRONTIER, 0.1, 0.03))
    sheet.polygon([*frontier, *view.all([(40.2, 54.5), (31, 54.5)])], "#dcd3c1")
    sheet.relief(0.5)
    for river in RIVERS:
        sheet.line(view.all(winding(river, 0.2, 0.06)), "#9fb0b8", 5, 0.8)
    for start in range(0, len(frontier), 5):
        sheet.line(frontier[start : start + 4], "#57503f", 5)
    region = view.all(coast(KURSK_REGION, 0.1, 0.03))
    sheet.polygon(region, RED, 0.2)
    sheet.outline(region, RED, 6)
    sheet.disc(view(KURSK), 22, "#ffffff")
    sheet.disc(view(KURSK), 14, RED)
    x, y = view(KURSK)
    sheet.label((x + 42, y + 20), "Kursk", INK, 66)
    sheet.label((330, 1330), "Ukraine", "#6a6357", 60)
    sheet.label((1900, 330), "Russia", "#6a6357", 60)
    return sheet


def iberia_lights():
    sheet = Canvas("#0b1119", seed=5)
    sheet.sky((0, "#0a1018"), (1, "#111a26"))
    view = Azimuthal((-3.1, 40), 8600, at=(1180, 800))
    for land in [IBERIA, MOROCCO, *BALEARICS]:
        _shore(sheet, view.all(coast(land, roughness=0.12, shortest=0.06)), "#212b37", "#7d8fa3")
    for longitude, latitude, size in CITIES:
        _city(sheet, view((longitude, latitude)), size)
    return sheet


def _city(sheet, centre, size):
    """Light a city and the roads out of it; one of size 0 shows as a faint ring."""
    if not size:
        sheet.ring(centre, 18, "#d8404a", 4, 0.9)
        return
    sheet.glow(centre, 22 * size, "#f2a65a", 0.55, fall=2.4)
    for _ in range(26 * size):
        angle, far = sheet.random.uniform(0, 2 * math.pi), abs(sheet.random.gauss(0, 9.5 * size))
        spot = centre[0] + far * math.cos(angle), centre[1] + far * math.sin(angle)
        sheet.disc(spot, sheet.random.uniform(1, 2.4), "#ffd9a0", sheet.random.uniform(0.35, 0.9))
    sheet.glow(centre, 7 * size, "#ffe9c4", 0.95, fall=1.4)


DRAWINGS = {
    "pyongyang-moscow": pyongyang_moscow,
    "kursk-region": kursk_region,
    "iberia-lights": iberia_lights,
}
