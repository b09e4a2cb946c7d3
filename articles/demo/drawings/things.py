"""Things laid out to be looked at: a railcar, a car, a passport, a calendar, a table."""

import math

from articles.demo.drawings.canvas import GOLD, HEIGHT, INK, RED, WIDTH, Canvas, circle, curve, turned


def goerlitz_works():
    sheet = Canvas(seed=51)
    sheet.sky((0, "#c9d0d3"), (0.6, "#e9e2d4"), (1, "#f2e8d6"), bottom=1180)
    sheet.glow((1900, 300), 1100, "#fff6e4", 0.7, fall=1.5)
    _works(sheet, 940, 240, "#b6b3ad", "#a39f99", shift=120)
    for x, top in [(330, 300), (1980, 380)]:
        sheet.polygon([(x - 26, top), (x + 26, top), (x + 40, 1080), (x - 40, 1080)], "#a39f99")
    _works(sheet, 1060, 330, "#8b8882", "#75736f", shift=0)
    sheet.sky((0, "#8d877c"), (1, "#5d5953"), top=1180, bottom=HEIGHT)
    _rails(sheet, 1232)
    _railcar(sheet, 120, 1218)
    _rails(sheet, 1450)
    _running_gear(sheet, 1290, 1436)
    return sheet


def _works(sheet, foot, width, wall, roof, shift):
    """Draw halls whose roofs look north, as a saw's teeth do."""
    for x in range(-shift, WIDTH, width):
        sheet.box(x, foot - 190, x + width, 1200, wall)
        sheet.polygon([(x, foot - 190), (x, foot - 340), (x + width, foot - 190)], roof)
        sheet.polygon(
            [(x + 10, foot - 200), (x + 10, foot - 318), (x + 36, foot - 300), (x + 36, foot - 200)],
            "#dfe5e4",
        )


def _rails(sheet, y):
    for x in range(-30, WIDTH, 74):
        sheet.box(x, y + 8, x + 44, y + 26, "#46423d")
    sheet.box(0, y, WIDTH, y + 9, "#2b2a2a")
    sheet.line([(0, y + 1), (WIDTH, y + 1)], "#c9c4ba", 2)


def _railcar(sheet, left, rail):
    right, top, foot = left + 1720, rail - 430, rail - 74
    sheet.box(left, top, right, foot, RED, radius=46)
    sheet.box(left, foot - 70, right, foot, "#7d1018", radius=20)
    sheet.box(left + 20, top - 18, right - 20, top + 26, "#6d6a66", radius=18)
    sheet.box(left, top + 84, right, top + 236, "#f0e7d6")
    for x in range(left + 290, right - 320, 166):
        sheet.box(x, top + 98, x + 132, top + 222, "#2c3740", radius=12)
        sheet.polygon(
            [(x + 14, top + 218), (x + 78, top + 102), (x + 104, top + 102), (x + 40, top + 218)],
            "#8ea0a8",
            0.35,
        )
    for x in (left + 120, right - 236):
        sheet.box(x, top + 70, x + 116, foot - 16, "#59131a", radius=10)
        sheet.box(x + 18, top + 98, x + 98, top + 222, "#2c3740", radius=10)
    sheet.box(left + 60, foot, right - 60, foot + 22, "#1e2024")
    for x in (left + 300, right - 300):
        sheet.box(x - 190, foot + 6, x + 190, foot + 40, "#1e2024", radius=14)
        for wheel in (-112, 112):
            _wheel(sheet, (x + wheel, rail - 44), 46)


def _wheel(sheet, centre, radius):
    sheet.disc(centre, radius, "#16181c")
    sheet.ring(centre, radius * 0.86, "#55585c", radius * 0.09)
    sheet.disc(centre, radius * 0.24, "#6b6e70")


def _running_gear(sheet, left, rail):
    """Draw the parts of a tank that turn: sprocket, road wheels and the track round them."""
    length, height = 980, 190
    right, top = left + length, rail - height
    band = curve(
        (left + 120, rail),
        ((left + 60, rail), (left - 46, top + 120), (left - 10, top + 50)),
        ((left + 14, top + 6), (left + 60, top), (left + 130, top)),
        ((left + 400, top), (right - 400, top), (right - 130, top)),
        ((right - 60, top), (right - 14, top + 6), (right + 10, top + 50)),
        ((right + 46, top + 120), (right - 60, rail), (right - 120, rail)),
    )
    sheet.polygon(band, "#45483f")
    sheet.outline(band, "#1d1f1e", 26)
    for (x, y), (following, _) in zip(band[::3], band[3::3], strict=False):
        if following != x:
            sheet.disc((x, y), 7, "#5b5e57")
    for count in range(6):
        centre = (left + 178 + count * 125, rail - 68)
        sheet.disc(centre, 60, "#23251f")
        sheet.ring(centre, 52, "#7c8070", 7)
        for point in circle(centre, 32, steps=8):
            sheet.disc(point, 5, "#7c8070")
        sheet.disc(centre, 14, "#8d917f")
    for centre in [(left + 62, top + 78), (right - 62, top + 78)]:
        sheet.disc(centre, 50, "#23251f")
        sheet.ring(centre, 40, RED, 9)
        sheet.disc(centre, 12, "#8d917f")


def porsche_outlook():
    sheet = Canvas(seed=61)
    sheet.sky((0, "#0d1117"), (0.55, "#263240"), (0.8, "#57616c"), (1, "#8b7f78"), bottom=1040)
    sheet.glow((2050, 1000), 900, "#d9a98a", 0.5, fall=1.8)
    for base, drop, colour in [(760, 150, "#313b47"), (860, 190, "#232b35"), (950, 230, "#181e26")]:
        line = [
            (x, base + drop * x / WIDTH + 34 * math.sin(x / 210 + base) + 16 * math.sin(x / 71 + drop))
            for x in range(0, WIDTH + 20, 20)
        ]
        sheet.polygon([*line, (WIDTH, HEIGHT), (0, HEIGHT)], colour)
    slope = math.degrees(math.atan2(250, WIDTH))
    sheet.polygon([(0, 1060), (WIDTH, 1310), (WIDTH, HEIGHT), (0, HEIGHT)], "#0c0f14")
    sheet.line([(0, 1060), (WIDTH, 1310)], "#5a646f", 4)
    for x in range(-80, WIDTH, 330):
        y = 1330 + 250 * x / WIDTH
        sheet.polygon([(x, y), (x + 170, y + 18), (x + 176, y + 30), (x - 4, y + 12)], "#d8d3c8", 0.55)
    _coupe(sheet, (1150, 1190), slope)
    return sheet


def _coupe(sheet, foot, slope):
    """Draw a sports car that nobody builds, rolling down to the right."""

    def put(points):
        return turned([(foot[0] + x, foot[1] + y) for x, y in points], slope, foot)

    tail, nose = put([(-596, -190)])[0], put([(610, -120)])[0]
    sheet.polygon(put([(-640, 6), (640, 6), (600, 40), (-600, 40)]), "#000000", 0.5)
    sheet.polygon(put([(600, -150), (1500, -60), (1500, 70), (610, -70)]), "#ffe6bd", 0.1)
    body = curve(
        (-620, -60),
        ((-640, -150), (-625, -200), (-560, -214)),
        ((-440, -250), (-330, -372), (-60, -378)),
        ((120, -380), (200, -280), (290, -232)),
        ((430, -222), (560, -190), (614, -118)),
        ((632, -90), (626, -50), (600, -40)),
    )
    sheet.polygon(put([*body, (-600, -40)]), "#262c34")
    sheet.line(put(body[12:190]), "#aeb9c4", 4, 0.75)
    glass = curve(
        (-330, -246), ((-250, -330), (-150, -352), (-50, -352)), ((70, -352), (150, -290), (200, -240))
    )
    sheet.polygon(put(glass), "#0a0d11")
    sheet.polygon(put([(-40, -352), (-22, -352), (-8, -242), (-34, -242)]), "#262c34")
    sheet.line(put(glass[6:60]), "#7f8d9b", 3, 0.6)
    crease = curve((-560, -150), ((-300, -172), (200, -180), (560, -140)))
    sheet.line(put(crease), "#59636e", 4, 0.8)
    sheet.line(put([(-600, -52), (596, -48)]), "#0a0c10", 12)
    for x in (-372, 372):
        ((cx, cy),) = put([(x, -74)])
        sheet.disc((cx, cy), 112, "#0a0c10")
        sheet.disc((cx, cy), 96, "#15181d")
        sheet.ring((cx, cy), 74, "#77818b", 5)
        for point in circle((cx, cy), 70, steps=10):
            sheet.line([(cx, cy), point], "#77818b", 5)
        sheet.disc((cx, cy), 14, "#aeb9c4")
    sheet.glow(tail, 230, "#ff3a3a", 0.6, fall=2)
    sheet.line(put([(-628, -182), (-520, -196)]), "#ff4a46", 9)
    sheet.glow(nose, 260, "#ffe9c4", 0.6, fall=2)
    sheet.line(put([(556, -152), (598, -126)]), "#fff6e2", 11)


def malta_passport():
    sheet = Canvas(seed=71)
    sheet.sky((0, "#1d3766"), (1, "#0f1e3c"))
    sheet.glow((1200, 760), 1150, "#3a5c99", 0.55, fall=1.5)
    for count in range(12):
        angle = math.tau * count / 12 - math.pi / 2
        _star(sheet, (1200 + 620 * math.cos(angle), 800 + 620 * math.sin(angle)), 66, "#d9b455")
    centre, lean = (1200, 800), -5

    def put(points):
        return turned(points, lean, centre)

    def shadow(polygon, disc):
        polygon(put([(965, 490), (1475, 490), (1475, 1200), (965, 1200)]))

    sheet.soft(shadow, "#060c1b", blur=60, opacity=0.7)
    sheet.polygon(put(_rounded(966, 452, 1456, 1150, 34)), "#e9dfc9")
    sheet.polygon(put(_rounded(956, 446, 1446, 1146, 34)), "#d6cab1")
    sheet.polygon(put(_rounded(950, 440, 1440, 1140, 34)), "#7d0f18")
    sheet.polygon(put(_rounded(950, 440, 984, 1140, 14)), "#5f0a12")
    emblem = put([(1210, 730)])[0]
    sheet.ring(emblem, 128, GOLD, 6)
    sheet.ring(emblem, 112, GOLD, 2.5)
    for count in range(4):
        arm = [(1210, 730), (1176, 640), (1210, 656), (1244, 640)]
        sheet.polygon(turned(put(arm), 90 * count, emblem), GOLD)
    for half, y in [(150, 520), (96, 556), (120, 930)]:
        sheet.line(put([(1210 - half, y), (1210 + half, y)]), GOLD, 12)
    sheet.line(put([(1150, 1030), (1270, 1030)]), GOLD, 6)
    sheet.outline(put([(1150, 998), (1270, 998), (1270, 1062), (1150, 1062)]), GOLD, 6)
    chip = put([(1210, 1030)])[0]
    sheet.disc(chip, 21, "#7d0f18")
    sheet.ring(chip, 21, GOLD, 6)
    return sheet


def _star(sheet, centre, radius, colour):
    points = []
    for count in range(10):
        reach = radius if count % 2 == 0 else radius * 0.382
        angle = math.tau * count / 10 - math.pi / 2
        points.append((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
    sheet.polygon(points, colour)


def _rounded(left, top, right, bottom, radius):
    corners = [(right - radius, bottom - radius, 0), (left + radius, bottom - radius, 90),
               (left + radius, top + radius, 180), (right - radius, top + radius, 270)]  # fmt: skip
    return [
        (x + radius * math.cos(math.radians(start + turn)), y + radius * math.sin(math.radians(start + turn)))
        for x, y, start in corners
        for turn in range(0, 91, 10)
    ]


def hundred_days():
    sheet = Canvas("#efeae0", seed=81)
    sheet.sky((0, "#e4ddd0"), (1, "#f4f0e8"))

    def window(polygon, disc):
        for x in (-250, 480, 1210, 1940):
            polygon([(x, 0), (x + 560, 0), (x - 140, HEIGHT), (x - 700, HEIGHT)])

    sheet.soft(window, "#fffaf0", blur=40, opacity=0.75)
    size, gap, left, top = 98, 12, 1200 - 544, 256
    for day in range(100):
        row, column = divmod(day, 10)
        x, y = left + column * (size + gap), top + row * (size + gap)
        last = day == 99
        sheet.box(x + 5, y + 7, x + size + 5, y + size + 7, "#b9ad99", 0.5)
        sheet.box(x, y, x + size, y + size, RED if last else "#ffffff")
        sheet.box(x, y, x + size, y + 16, "#7d0f18" if last else "#3a4048")
        if last:
            sheet.ring((x + size / 2, y + size / 2 + 8), 26, "#ffffff", 7)
        else:
            _stroke(sheet, x + 18, y + 82, x + 80, y + 32)
    return sheet


def _stroke(sheet, x, y, right, top):
    """Cross a day off, as by hand."""

    def near(value):
        return value + sheet.random.uniform(-6, 6)

    bend = near(y - 26), near(top + 26)
    line = curve(
        (near(x), near(y)), ((x + 24, bend[0]), (right - 24, bend[1]), (near(right), near(top))), steps=12
    )
    sheet.line(line, "#3a4048", sheet.random.uniform(6, 8.5), 0.9)


def morning_desk():
    sheet = Canvas(seed=91)
    sheet.sky((0, "#5d4a4b"), (1, "#41363a"))
    sheet.sky((0, "#7f93ab"), (0.45, "#d5b6a3"), (0.75, "#f6d7a8"), (1, "#fbe8c8"), top=110, bottom=1000)
    sheet.glow((720, 900), 820, "#fff3d2", 0.85, fall=1.5)
    sheet.disc((720, 880), 105, "#fff6df")
    for base, colour in [(850, "#c99f8e"), (900, "#a37a74"), (950, "#745a5d")]:
        line = [
            (x, base + 26 * math.sin(x / 190 + base) + 12 * math.sin(x / 57))
            for x in range(0, WIDTH + 20, 20)
        ]
        sheet.polygon([*line, (WIDTH, 1010), (0, 1010)], colour)
    for box in [(0, 0, 260, 1010), (2140, 0, WIDTH, 1010), (0, 0, WIDTH, 110)]:
        sheet.box(*box, "#433539")
    for x in (260, 1190, 2120):
        sheet.box(x, 110, x + 20, 1010, "#2f2529")
    sheet.box(260, 500, 2140, 514, "#2f2529")
    sheet.sky((0, "#9a6f52"), (1, "#5d3f33"), top=1000, bottom=HEIGHT)
    sheet.polygon([(300, 1000), (1180, 1000), (1420, HEIGHT), (-160, HEIGHT)], "#ffdca6", 0.2)
    sheet.polygon([(1215, 1000), (2110, 1000), (2900, HEIGHT), (1500, HEIGHT)], "#ffdca6", 0.14)
    _newspaper(sheet)
    _cup(sheet, 760, 1330)
    return sheet


def _newspaper(sheet):
    def shadow(polygon, disc):
        polygon([(1100, 1240), (1980, 1180), (2150, 1500), (1180, 1580)])

    sheet.soft(shadow, "#2a1a16", blur=34, opacity=0.6)
    sheet.polygon([(1070, 1226), (1930, 1150), (2110, 1462), (1130, 1556)], "#d9d0bf")
    sheet.polygon([(1070, 1212), (1930, 1136), (2110, 1448), (1130, 1542)], "#f7f2e7")

    def at(u, v):
        """Return a place on the sheet, `u` across and `v` down, each from 0 to 1."""
        upper = 1070 + 860 * u, 1212 - 76 * u
        lower = 1130 + 980 * u, 1542 - 94 * u
        return upper[0] + (lower[0] - upper[0]) * v, upper[1] + (lower[1] - upper[1]) * v

    def block(u0, v0, u1, v1, colour, opacity=1.0):
        sheet.polygon([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)], colour, opacity)

    block(0.05, 0.07, 0.34, 0.17, INK)
    block(0.345, 0.07, 0.38, 0.17, RED)
    block(0.05, 0.215, 0.95, 0.222, INK)
    block(0.05, 0.28, 0.6, 0.35, INK, 0.85)
    block(0.05, 0.38, 0.48, 0.44, INK, 0.85)
    block(0.64, 0.28, 0.95, 0.66, "#9c8f86")
    for column in range(3):
        for row in range(9 if column < 2 else 4):
            v = (0.51 if column < 2 else 0.72) + row * 0.048
            block(0.05 + column * 0.295, v, 0.05 + column * 0.295 + 0.26, v + 0.016, "#8a847b", 0.8)


def _cup(sheet, x, foot):
    def shadow(polygon, disc):
        for step in range(20):
            disc((x + 60 + step * 12, foot + 74 + step * 2), 150 - step * 3)

    sheet.soft(shadow, "#2a1a16", blur=40, opacity=0.38)
    sheet.ellipse((x, foot + 62), 330, 74, "#d8cfbf")
    sheet.ellipse((x, foot + 52), 330, 74, "#f7f2e7")
    sheet.ellipse((x, foot + 50), 200, 40, "#ded5c5")
    for reach, colour in [(122, "#e3dacb"), (80, "#8c6350")]:
        sheet.ellipse((x + 222, foot - 100), reach * 0.82, reach, colour)
    side = curve((x - 224, foot - 220), ((x - 214, foot - 20), (x - 130, foot + 52), (x, foot + 52)))
    other = [(2 * x - px, py) for px, py in reversed(side)]
    sheet.polygon([*side, *other], "#f4eee2")
    shade = curve((x + 60, foot - 190), ((x + 90, foot - 20), (x + 70, foot + 30), (x, foot + 52)))
    sheet.polygon([*shade, *other], "#cfc4b3", 0.55)
    sheet.ellipse((x, foot - 220), 224, 52, "#fffaf0")
    sheet.ellipse((x, foot - 216), 204, 42, "#3b211a")
    sheet.ellipse((x - 40, foot - 224), 120, 18, "#6d4331", 0.7)

    def steam(polygon, disc):
        for side in (-60, 40):
            for step in range(50):
                share = step / 49
                disc(
                    (x + side + 46 * math.sin(share * 6 + side) * share, foot - 260 - 430 * share),
                    10 + 20 * share,
                )

    sheet.soft(steam, "#fff8ea", blur=30, opacity=0.4)


DRAWINGS = {
    "goerlitz-works": goerlitz_works,
    "porsche-outlook": porsche_outlook,
    "malta-passport": malta_passport,
    "hundred-days": hundred_days,
    "morning-desk": morning_desk,
}
