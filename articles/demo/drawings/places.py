"""Places as one would see them from across the street or the water."""

import math

from articles.demo.drawings.canvas import HEIGHT, RED, WIDTH, Canvas, curve


def ridge(sheet, top, spread, colour, step=60, opacity=1.0):
    """Fill the ground under an uneven line round `top`."""
    line = [(x, top + sheet.random.uniform(-spread, spread)) for x in range(-step, WIDTH + 2 * step, step)]
    sheet.polygon([*line, (WIDTH + step, HEIGHT), (-step, HEIGHT)], colour, opacity)


def roofs(sheet, foot, low, high, colour, widths=(50, 120), opacity=1.0):
    """Draw a row of plain houses that stand on `foot`, between `low` and `high` units tall."""
    x = -20
    while x < WIDTH:
        width, height = sheet.random.uniform(*widths), sheet.random.uniform(low, high)
        sheet.box(x, foot - height, x + width, foot, colour, opacity)
        x += width + sheet.random.choice([0, 0, 4, 14])


def kyiv_dawn():
    sheet = Canvas(seed=11)
    sheet.sky(
        (0, "#2f4158"), (0.35, "#76859a"), (0.62, "#c9b2a4"), (0.85, "#efcdae"), (1, "#f6dfc2"), bottom=1110
    )
    sheet.glow((640, 1040), 900, "#ffe9c8", 0.75, fall=1.6)
    sheet.disc((640, 985), 78, "#c9313a")
    roofs(sheet, 1090, 40, 170, "#c9ae9f", (40, 100))
    _smoke_thread(sheet, 1745, 1010)
    roofs(sheet, 1100, 30, 120, "#a8958f", (50, 110))
    hill = curve(
        (-20, 1060), ((500, 1040), (760, 950), (1080, 900)), ((1400, 850), (1800, 990), (2420, 1010))
    )
    sheet.polygon([*hill, (2420, 1220), (-20, 1220)], "#6c6a72")
    for x, foot, size in [(1010, 915, 1.0), (1370, 900, 0.72), (1500, 905, 0.6)]:
        _church(sheet, x, foot, size, "#55555f")
    _bell_tower(sheet, 1195, 895, "#4d4e59")
    for x in range(-40, WIDTH + 60, 34):
        y = 1060 + 46 * math.sin(x / 310) + sheet.random.uniform(-10, 14)
        sheet.ellipse((x, y + 60), sheet.random.uniform(34, 58), sheet.random.uniform(50, 82), "#343b45")
    sheet.box(0, 1110, WIDTH, 1190, "#343b45")
    sheet.sky((0, "#8f8a90"), (0.25, "#b9a59c"), (1, "#4a586b"), top=1180, bottom=HEIGHT)
    _ripples(sheet, 1190, "#343b45", 0.55, spread=70)
    _ripples(sheet, 1215, "#f3d2b2", 0.5, centre=640, spread=330)
    sheet.haze(880, 1180, "#f0d5bd", 0.0, 0.32)
    return sheet


def _church(sheet, x, foot, size, colour):
    """Draw a church of five domes, the middle one `size` times 260 units tall."""
    sheet.box(x - 120 * size, foot - 110 * size, x + 120 * size, foot + 60, colour)
    for shift, height in [(-95, 130), (95, 130), (-50, 165), (50, 165), (0, 215)]:
        _dome(sheet, x + shift * size, foot - height * size * 0.72, (34 if shift else 50) * size, colour)


def _dome(sheet, x, foot, radius, colour):
    sheet.box(x - radius * 0.72, foot - radius * 0.9, x + radius * 0.72, foot + radius * 1.6, colour)
    base, tip = foot - radius * 0.9, foot - radius * 2.7
    right = curve(
        (x + radius * 0.7, base),
        ((x + radius * 1.5, base - radius), (x + radius * 0.3, tip + radius * 0.7), (x, tip)),
    )
    left = [(2 * x - px, py) for px, py in reversed(right)]
    sheet.polygon([*right, *left], colour)
    sheet.line([(x, tip + 4), (x, tip - radius * 0.75)], colour, max(2, radius * 0.1))
    sheet.line(
        [(x - radius * 0.24, tip - radius * 0.5), (x + radius * 0.24, tip - radius * 0.5)],
        colour,
        max(2, radius * 0.1),
    )


def _bell_tower(sheet, x, foot, colour):
    top = foot + 60
    for width, height in [(92, 150), (76, 120), (60, 105), (44, 80)]:
        sheet.box(x - width / 2, top - height, x + width / 2, top, colour)
        sheet.box(x - width / 2 - 7, top - height - 6, x + width / 2 + 7, top - height + 4, colour)
        sheet.box(
            x - width * 0.13,
            top - height * 0.78,
            x + width * 0.13,
            top - height * 0.25,
            "#c9ae9f",
            0.5,
            radius=8,
        )
        top -= height
    _dome(sheet, x, top + 10, 30, colour)


def _smoke_thread(sheet, x, foot):
    """Let a thin smoke rise from `foot` and lean with the wind."""

    def puffs(polygon, disc):
        for step in range(90):
            share = step / 89
            sway = 14 * math.sin(step / 6) * share
            disc((x + 470 * share**2.2 + sway, foot - 760 * share), 12 + 74 * share**1.5)

    sheet.soft(puffs, "#4b4d57", blur=26, opacity=0.62)


def _ripples(sheet, top, colour, opacity, centre=None, spread=200):
    """Draw short level strokes on water that grow wider and rarer towards the viewer."""
    for y in range(top, HEIGHT, 7):
        depth = (y - top) / (HEIGHT - top)
        for _ in range(3 if centre else 16):
            x = (
                sheet.random.gauss(centre, spread * (0.2 + 0.5 * depth))
                if centre
                else sheet.random.uniform(0, WIDTH)
            )
            half = sheet.random.uniform(12, 40 + 90 * depth)
            sheet.ellipse((x, y), half, 1.2 + 2.6 * depth, colour, opacity * (1 - depth) ** 1.4)


def bandar_abbas_port():
    sheet = Canvas(seed=21)
    sheet.sky((0, "#39343d"), (0.4, "#86504a"), (0.75, "#d38a5c"), (1, "#f0c892"), bottom=1190)
    sheet.glow((420, 1150), 1000, "#ffdca6", 0.6, fall=1.7)
    _smoke_column(sheet)
    ridge(sheet, 1120, 10, "#a3685a", 120, 0.55)
    for x, size in [(330, 0.62), (640, 0.66), (2110, 0.6)]:
        _crane(sheet, x, 1190, size, "#6b4446")
    _containers(sheet, 40, 1190, 26, 5, ["#5b3d40", "#6b4644", "#54383d", "#7b2a2e"], size=(84, 34))
    for x, size in [(1010, 1.08), (1560, 1.16)]:
        _crane(sheet, x, 1215, size, "#241f26")
    _containers(sheet, 560, 1216, 17, 4, ["#2a242b", "#332a30", "#231f26", RED, "#3a2c31"], size=(110, 44))
    sheet.box(0, 1212, WIDTH, 1268, "#1b191f")
    sheet.sky((0, "#7a4c45"), (0.4, "#4d3a3f"), (1, "#231f27"), top=1262, bottom=HEIGHT)
    _ripples(sheet, 1270, "#1b191f", 0.5)
    _ripples(sheet, 1272, "#f2b877", 0.55, centre=430, spread=420)
    return sheet


def _smoke_column(sheet):
    """Pile dark puffs from the ground to the upper edge, lit from the left."""
    puffs = []
    for step in range(230):
        share = (step / 229) ** 0.8
        middle = 1790 - 120 * share - 520 * max(0, share - 0.45) ** 1.3
        width = 60 + 330 * share**1.1
        puffs.append(
            (
                (
                    middle + sheet.random.gauss(0, width * 0.42),
                    1190 - 1260 * share + sheet.random.uniform(-30, 30),
                ),
                sheet.random.uniform(0.34, 0.62) * width + 18,
            )
        )

    def shifted(dx, dy, part):
        def shapes(polygon, disc):
            for (x, y), radius in puffs:
                disc((x + dx * radius, y + dy * radius), radius * part)

        return shapes

    sheet.soft(shifted(0, 0, 1.08), "#2b2529", blur=34, opacity=0.9)
    for centre, radius in puffs[::5]:
        _lit_side(sheet, centre, radius)
    sheet.glow((1790, 1190), 330, "#f08a4b", 0.55, fall=1.8)


def _lit_side(sheet, centre, radius):
    def spot(polygon, disc):
        disc((centre[0] - radius * 0.22, centre[1] - radius * 0.25), radius * 0.55)

    sheet.soft(spot, "#8d5f53", blur=radius * 0.5, opacity=0.26)


def _crane(sheet, x, foot, size, colour):
    """Draw a quay crane seen from the side, its boom over the water to the left."""

    def at(dx, dy):
        return x + dx * size, foot - dy * size

    for dx in (-70, 70):
        sheet.line([at(dx, 0), at(dx, 330)], colour, 15 * size)
    sheet.line([at(-70, 30), at(70, 30)], colour, 13 * size)
    sheet.line([at(-70, 330), at(70, 130)], colour, 8 * size)
    sheet.line([at(-330, 345), at(230, 345)], colour, 20 * size)
    sheet.line([at(-330, 362), at(230, 362)], colour, 5 * size)
    sheet.line([at(-70, 345), at(0, 545), at(70, 345)], colour, 13 * size)
    sheet.line([at(-322, 350), at(0, 540), at(222, 350)], colour, 5 * size)
    sheet.line([at(-180, 350), at(0, 540)], colour, 4 * size)
    sheet.box(*at(88, 400), *at(170, 346), colour)
    sheet.line([at(-215, 345), at(-215, 250)], colour, 4 * size)
    sheet.box(*at(-255, 250), *at(-175, 216), colour)


def _containers(sheet, left, foot, columns, rows, colours, size):
    width, height = size
    for column in range(columns):
        for row in range(sheet.random.randint(1, rows)):
            x, y = left + column * (width + 5), foot - row * (height + 3)
            sheet.box(x, y - height, x + width, y, sheet.random.choice(colours))


def chatham_evening():
    sheet = Canvas(seed=31)
    sheet.sky((0, "#3d4a63"), (0.45, "#8389a0"), (0.8, "#d3b3ab"), (1, "#efd3bb"), bottom=1110)
    for x, y, length in [(500, 330, 520), (1500, 240, 700), (1900, 460, 420)]:
        _cloud(sheet, x, y, length)
    ridge(sheet, 1050, 14, "#8f8793", 40)
    roofs(sheet, 1100, 26, 64, "#716e7e", (90, 190))
    _house(sheet)
    sheet.sky((0, "#5c5f68"), (1, "#2b3038"), top=1100, bottom=HEIGHT)
    sheet.polygon([(1180, 1104), (1320, 1104), (2700, 1620), (1500, 1620)], "#767680", 0.55)
    _tree(sheet, (250, 1180), -math.pi / 2, 190, 24, "#22262e")
    _tree(sheet, (2190, 1130), -math.pi / 2, 130, 15, "#2c3039")
    _swings(sheet, "#1b1f26")
    sheet.haze(900, 1110, "#f2d8c2", 0.0, 0.25)
    return sheet


def _cloud(sheet, x, y, length):
    def wisps(polygon, disc):
        for step in range(30):
            disc((x + step * length / 30, y + 8 * math.sin(step)), 16)

    sheet.soft(wisps, "#d9c3c4", blur=46, opacity=0.35)


def _house(sheet):
    sheet.box(1540, 960, 1980, 1112, "#50525f")
    sheet.polygon([(1500, 966), (1600, 872), (1930, 872), (2020, 966)], "#3c3f4b")
    sheet.box(1840, 840, 1880, 900, "#3c3f4b")
    sheet.glow((1672, 1030), 150, "#ffd99a", 0.7, fall=1.8)
    sheet.box(1635, 1000, 1710, 1062, "#ffdf9f")
    sheet.line([(1672, 1000), (1672, 1062)], "#50525f", 4)
    sheet.line([(1635, 1030), (1710, 1030)], "#50525f", 4)
    sheet.box(1800, 1008, 1852, 1112, "#3c3f4b")


def _tree(sheet, foot, angle, length, width, colour):
    """Draw a bare tree, branch by branch."""
    if length < 14:
        return
    tip = foot[0] + length * math.cos(angle), foot[1] + length * math.sin(angle)
    sheet.line([foot, tip], colour, max(1.2, width))
    for turn in (-1, 1):
        spread = turn * sheet.random.uniform(0.25, 0.6)
        _tree(sheet, tip, angle + spread, length * sheet.random.uniform(0.68, 0.82), width * 0.64, colour)


def _swings(sheet, colour):
    left, right, top, foot = 640, 1180, 820, 1330
    for x in (left, right):
        sheet.line([(x, top), (x - 92, foot)], colour, 15)
        sheet.line([(x, top), (x + 92, foot - 26)], colour, 15)
        sheet.line([(x - 46, (top + foot) / 2), (x + 44, (top + foot) / 2 - 14)], colour, 8)
    sheet.line([(left - 14, top), (right + 14, top)], colour, 17)
    for x in (815, 1005):
        for side in (-44, 44):
            sheet.line([(x + side * 0.9, top), (x + side, foot - 110)], colour, 3.4)
        sheet.box(x - 58, foot - 116, x + 58, foot - 100, RED, radius=6)
    sheet.ellipse((910, foot + 6), 380, 16, "#16191f", 0.35)


def doha_table():
    sheet = Canvas("#2a2b30", seed=41)
    sheet.sky((0, "#2b2c33"), (1, "#1e1f24"))
    left, top, right, foot = 520, 150, 1880, 1000
    sheet.sky((0, "#41607c"), (0.5, "#9db0b8"), (0.8, "#ecd3b0"), (1, "#f3dfc0"), top=top, bottom=820)
    sheet.glow((1480, 800), 620, "#ffedc9", 0.7, fall=1.7)
    _towers(sheet, 822)
    sheet.sky((0, "#a9b3ae"), (1, "#5f7c8c"), top=820, bottom=foot)
    _ripples(sheet, 824, "#f6e3c4", 0.4, centre=1480, spread=300)
    for box in [
        (0, 0, left, HEIGHT),
        (right, 0, WIDTH, HEIGHT),
        (0, 0, WIDTH, top),
        (0, foot, WIDTH, HEIGHT),
    ]:
        sheet.box(*box, "#25262c")
    sheet.haze(foot, HEIGHT, "#17181c", 0.0, 0.8)
    for x in range(left, right + 1, (right - left) // 4):
        sheet.line([(x, top), (x, foot)], "#1b1c21", 13)
    sheet.line([(left, top), (right, top)], "#1b1c21", 13)
    sheet.line([(left, foot), (right, foot)], "#1b1c21", 22)
    sheet.polygon(
        [(left, foot + 12), (right, foot + 12), (right + 330, HEIGHT), (left - 330, HEIGHT)], "#e9cfa6", 0.07
    )
    for x, side in [(470, 1), (1930, -1)]:
        _chair(sheet, x, side)
    sheet.box(690, 1130, 1710, 1162, "#6d2329")
    sheet.box(690, 1130, 1710, 1138, "#b8444b")
    for x in (800, 1600):
        sheet.polygon([(x - 26, 1162), (x + 26, 1162), (x + 14, 1440), (x - 14, 1440)], "#141519")
    for x in (930, 1470):
        sheet.polygon([(x - 16, 1084), (x + 16, 1084), (x + 12, 1130), (x - 12, 1130)], "#dfe6e6", 0.75)
    sheet.ellipse((1200, 1448), 980, 22, "#0f1013", 0.5)
    return sheet


def _towers(sheet, foot):
    """Draw the far towers of a city on a bay, in two depths of haze."""
    for colour, low, high, count in [("#a9a79f", 60, 240, 34), ("#77838a", 40, 330, 18)]:
        for _ in range(count):
            x, width = sheet.random.gauss(1010, 240), sheet.random.uniform(20, 44)
            height = sheet.random.uniform(low, high) * math.exp(-(((x - 1010) / 420) ** 2))
            sheet.box(x, foot - height, x + width, foot, colour)
            if height > 190:
                sheet.polygon(
                    [(x, foot - height), (x + width / 2, foot - height - 60), (x + width, foot - height)],
                    colour,
                )
    sheet.box(0, foot - 8, WIDTH, foot, "#77838a")


def _chair(sheet, x, side):
    """Draw an armchair from the side, turned to the table: `side` 1 looks right, -1 left."""

    def at(dx, y):
        return x + side * dx, y

    frame = "#101115"
    sheet.polygon([at(-60, 870), at(-28, 862), at(26, 1230), at(-10, 1236)], frame)
    sheet.polygon([at(-22, 1190), at(200, 1190), at(206, 1240), at(-14, 1246)], "#7d1a22")
    sheet.polygon([at(-46, 900), at(-28, 890), at(14, 1190), at(-6, 1196)], "#7d1a22")
    sheet.line([at(-10, 1080), at(170, 1080)], frame, 18)
    sheet.line([at(160, 1080), at(176, 1440)], frame, 16)
    sheet.line([at(0, 1236), at(-22, 1440)], frame, 16)


DRAWINGS = {
    "kyiv-dawn": kyiv_dawn,
    "bandar-abbas-port": bandar_abbas_port,
    "chatham-evening": chatham_evening,
    "doha-table": doha_table,
}
