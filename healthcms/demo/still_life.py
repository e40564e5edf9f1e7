"""Draws the demo's picture: foods with magnesium on a table. Its output is kept beside the texts.

``python -m healthcms.demo.still_life`` draws it anew.
"""

import math
import random

from PIL import Image, ImageDraw

from healthcms.demo.pictures import FOLDER

WIDTH, HEIGHT = 1600, 900
_FINE = 2  # Drawn larger, then made smaller: that smooths the edges.

_WALL, _WINDOW, _TABLE, _EDGE = "#e6e0ee", "#f3eef6", "#ead9c3", "#dcc7ab"
_BOWL, _BOWL_LIGHT, _RIM = "#4a3f7d", "#5d5196", "#7c71b3"
_PLATE, _PLATE_IN = "#fdfaf5", "#f1e9df"
_SHADOW = "#cdb696"
_GREENS = ("#3f7a52", "#4f8f5f", "#5fa06b", "#346647")
_VEIN = "#9cc69c"
_ALMOND, _ALMOND_LINE = "#a9673a", "#8a4f2a"
_SEED, _SEED_LINE = "#8a9a5b", "#6f7f45"
_BANANA, _BANANA_DARK, _TIP = "#f0c64b", "#d9a935", "#6b5230"

Point = tuple[float, float]


class Table:
    """A sheet on which shapes are laid, in the units of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), _WALL)
        self._pen = ImageDraw.Draw(self.image)

    def shape(self, points: list[Point], colour: str) -> None:
        self._pen.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=colour)

    def ellipse(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        box = (x - across, y - down, x + across, y + down)
        self._pen.ellipse([value * _FINE for value in box], fill=colour)

    def line(self, points: list[Point], colour: str, width: float) -> None:
        scaled = [(x * _FINE, y * _FINE) for x, y in points]
        self._pen.line(scaled, fill=colour, width=round(width * _FINE), joint="curve")

    def finished(self) -> Image.Image:
        """Return the picture in its own size and few colours."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        return small.quantize(96, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def turned(points: list[Point], at: Point, degrees: float) -> list[Point]:
    """Return points turned round the origin and moved."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(at[0] + x * cosine - y * sine, at[1] + x * sine + y * cosine) for x, y in points]


def drop(length: float, width: float, point: float = 1.6) -> list[Point]:
    """Return an outline that is round at one end and pointed at the other, along x."""
    steps = [math.pi * n / 24 for n in range(25)]
    upper = [
        (-length / 2 * math.cos(a), -width / 2 * math.sin(a) * ((1 - a / math.pi) * point) ** 0.5)
        for a in steps
    ]
    return upper + [(x, -y) for x, y in reversed(upper)]


def leaf(table: Table, at: Point, length: float, degrees: float, colour: str) -> None:
    width = length * 0.5
    table.shape(turned(drop(length, width), at, degrees), colour)
    rib = [(-length * 0.44, 0), (length * 0.4, 0)]
    table.line(turned(rib, at, degrees), _VEIN, 3)
    for along in (-0.24, -0.06, 0.12):
        for side in (-1, 1):
            vein = [(length * along, 0), (length * (along + 0.12), side * width * 0.24)]
            table.line(turned(vein, at, degrees), _VEIN, 2)


def room(table: Table) -> None:
    for left in (930, 1176):
        table.shape([(left, 0), (left + 230, 0), (left + 230, 400), (left, 400)], _WINDOW)
    table.shape([(900, 414), (1436, 414), (1436, 434), (900, 434)], _WINDOW)
    table.shape([(0, 560), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)], _TABLE)
    table.shape([(0, 560), (WIDTH, 560), (WIDTH, 572), (0, 572)], _EDGE)


def bowl_of_leaves(table: Table) -> None:
    chance = random.Random(11)  # noqa: S311  (the same picture each time)
    table.ellipse(560, 775, 330, 46, _SHADOW)
    for row, (y, reach) in enumerate(((430, 150), (400, 200), (450, 260), (480, 290))):
        for step in range(7):
            x = 560 + reach * (step / 3 - 1)
            lean = -90 + (x - 560) / 5 + chance.uniform(-14, 14)
            colour = _GREENS[(step + row) % len(_GREENS)]
            leaf(table, (x, y + abs(x - 560) / 6), chance.uniform(190, 235), lean, colour)
    table.ellipse(560, 520, 330, 44, _RIM)
    half = [math.pi * n / 60 for n in range(61)]
    table.shape([(560 + 330 * math.cos(a), 520 + 255 * math.sin(a) ** 0.8) for a in half], _BOWL)
    light = [(560 - 292 * math.cos(a), 545 + 205 * math.sin(a)) for a in half[8:26]]
    table.line(light, _BOWL_LIGHT, 22)
    for end in (light[0], light[-1]):
        table.ellipse(*end, 11, 11, _BOWL_LIGHT)
    for n in range(-2, 3):
        lean = 90 + n * 22
        leaf(table, (560 + n * 118, 484 - abs(n) * 4), 150, lean - 180, _GREENS[(n + 2) % 4])
    rim = [(560 + 330 * math.cos(a), 520 + 44 * math.sin(a)) for a in half]
    table.line(rim, _RIM, 12)


def plate_of_almonds(table: Table) -> None:
    table.ellipse(1090, 742, 268, 78, _SHADOW)
    table.ellipse(1090, 722, 262, 76, _PLATE)
    table.ellipse(1090, 718, 206, 54, _PLATE_IN)
    spots = (
        (985, 715, 20), (1060, 742, -12), (1140, 738, 30), (1200, 712, -40), (1035, 697, -30),
        (1110, 702, 8), (1165, 684, -18), (1070, 668, 24), (1120, 652, -8),
    )  # fmt: skip
    for x, y, degrees in spots:
        table.shape(turned(drop(88, 50), (x, y), degrees), _ALMOND)
        for side in (-9, 0, 9):
            ridge = [(-26, side), (22, side * 0.6)]
            table.line(turned(ridge, (x, y), degrees), _ALMOND_LINE, 2)


def banana(table: Table) -> None:
    turns = [math.pi * (0.1 + 0.8 * n / 40) for n in range(41)]

    def arc(inwards: float) -> list[Point]:
        found = []
        for n, turn in enumerate(turns):
            reach = 225 - inwards * math.sin(math.pi * n / 40) ** 0.7
            found.append((1285 + reach * math.cos(turn), 430 + reach * math.sin(turn)))
        return found

    table.ellipse(1290, 652, 190, 22, _SHADOW)
    table.shape(arc(0) + arc(84)[::-1], _BANANA)
    table.line(arc(34)[4:37], _BANANA_DARK, 5)
    table.line([arc(0)[0], (1285 + 232, 430 + 40)], _TIP, 20)
    table.ellipse(*arc(0)[-1], 12, 12, _TIP)


def seeds(table: Table) -> None:
    chance = random.Random(5)  # noqa: S311  (the same picture each time)
    spots = (
        (150, 800), (215, 826), (265, 790), (120, 846), (320, 838), (205, 770), (180, 862),
        (880, 838), (940, 852), (835, 856), (1390, 812), (1450, 836), (1420, 862),
    )  # fmt: skip
    for x, y in spots:
        degrees = chance.uniform(-70, 70)
        table.shape(turned(drop(54, 30), (x, y + 5), degrees), _SHADOW)
        table.shape(turned(drop(54, 30), (x, y), degrees), _SEED)
        table.line(turned([(-17, 0), (14, 0)], (x, y), degrees), _SEED_LINE, 2)


def draw() -> Image.Image:
    """Return the picture."""
    table = Table()
    for part in (room, bowl_of_leaves, banana, plate_of_almonds, seeds):
        part(table)
    return table.finished()


if __name__ == "__main__":
    draw().save(FOLDER / "foods.png", optimize=True)
