import sys
from pathlib import Path

from articles.demo.drawings import maps, places, things

FOLDER = Path(__file__).parent.parent / "pictures"
DRAWINGS = maps.DRAWINGS | places.DRAWINGS | things.DRAWINGS

for name in sys.argv[1:] or DRAWINGS:
    DRAWINGS[name]().save(FOLDER / f"{name}.jpg")
