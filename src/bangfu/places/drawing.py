"""What a GeoJSON file says about outlines: each feature with its code and its rings, or why it cannot stand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

from bangfu.kernel.codes import division_number, is_division_code
from bangfu.kernel.errors.register import OutlineFileUnreadable
from bangfu.kernel.texts import Text
from bangfu.places.stating import HEADERS

BYTES_MAX: Final = 256 * 1024 * 1024
POINTS_MAX: Final = 50_000
DEGREE: Final = 100_000
"""Parts of a degree in which a box is kept: about a metre."""
_DECIMALS: Final = 5
_RING_MIN: Final = 4
_EAST, _NORTH = 180, 90
_FAR: Final = 1e12  # neither endless nor no number


class OutlineRefusal(Enum):
    """A reason for which an outline is refused: code and sentence; %(...)s places are filled from the feature."""

    NO_CODE = (
        "BF346",
        Text(
            zh="第%(row)s个要素没有区划代码。请在其属性 code 中填写代码。",
            en="Feature %(row)s has no code. Write the code of its place into its property `code`.",
        ),
    )
    CODE_UNKNOWN = (
        "BF347",
        Text(
            zh="区划中没有代码%(place)s。请先用 bangfu places load 登记，或改正代码。",
            en="The tree has no place %(place)s. Load it first with `bangfu places load`, or correct the code.",
        ),
    )
    CODE_TWICE = (
        "BF348",
        Text(
            zh="代码%(place)s在文件中出现了两次。请合为一个 MultiPolygon 要素。",
            en="The place %(place)s stands in the file twice. Join its parts into one MultiPolygon.",
        ),
    )
    NO_AREA = (
        "BF349",
        Text(
            zh="%(place)s的图形不是面（Polygon 或 MultiPolygon），或有未闭合、不足四点的环。请改正图形。",
            en="The geometry of %(place)s is no Polygon or MultiPolygon, or a ring of it is open or has fewer than "
            "four points. Correct it.",
        ),
    )
    NOT_IN_DEGREES = (
        "BF350",
        Text(
            zh="%(place)s的坐标不是经纬度。请先转换为经纬度（如 CGCS2000 地理坐标）再导出。",
            en="The coordinates of %(place)s are no degrees of longitude and latitude. Export it in geographic "
            "coordinates.",
        ),
    )
    TOO_MANY_POINTS = (
        "BF351",
        Text(
            zh="%(place)s的轮廓有%(points)s个点，最多%(limit)s个。请先简化轮廓。",
            en="The outline of %(place)s has %(points)s points; at most %(limit)s are taken. Simplify it first.",
        ),
    )
    OUTSIDE = (
        "BF352",
        Text(
            zh="%(place)s不在您的权限范围内。请交由上级登记。",
            en="%(place)s is outside your area. Ask the office above to load it.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """One feature of a file.

    row       its position in the file, from 1
    code      the code that it names, with 12 digits where it is a Chinese one; empty when it names none
    geometry  compact GeoJSON; empty when it cannot stand
    box       west, south, east, north in hundred-thousandths of a degree
    refusal   why it cannot stand, None when it can
    points    how many points it has
    """

    row: int
    code: str
    geometry: str = ""
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    refusal: OutlineRefusal | None = None
    points: int = 0

    def told(self, refusal: OutlineRefusal) -> dict[str, object]:
        """Return the refusal as rows of results have it."""
        code, text = refusal.value
        said = text.fill({"row": self.row, "place": self.code, "points": self.points, "limit": POINTS_MAX})
        return {
            "row": self.row,
            "place": self.code,
            "code": code,
            "severity": "error",
            "message_zh": said.zh,
            "message_en": said.en,
        }


def drawn_in(path: Path) -> list[Drawn]:
    """Read a GeoJSON file of outlines; raises OutlineFileUnreadable when it is none."""
    try:
        size = path.stat().st_size
        if size > BYTES_MAX:
            raise OutlineFileUnreadable(file=path.name, reason=f"it is larger than {BYTES_MAX // 1024**2} MB")
        page = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_number)
    except OSError as error:
        raise OutlineFileUnreadable(file=path.name, reason=error.strerror or "it cannot be opened") from None
    except (ValueError, RecursionError):
        raise OutlineFileUnreadable(file=path.name, reason="it is no JSON text in UTF-8") from None
    features = page.get("features") if isinstance(page, dict) else None
    if not isinstance(features, list):
        raise OutlineFileUnreadable(file=path.name, reason="it is no FeatureCollection")
    return [_drawn(row, feature) for row, feature in enumerate(features, 1)]


def _no_number(word: str) -> None:
    raise ValueError(word)


def _drawn(row: int, feature: Any) -> Drawn:
    code = _code_of(feature)
    if not code:
        return Drawn(row, "", refusal=OutlineRefusal.NO_CODE)
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        return Drawn(row, code, refusal=OutlineRefusal.NO_AREA)
    rings = list(_rings(geometry.get("coordinates"), 1 if kind == "Polygon" else 2))
    points = [point for ring in rings if isinstance(ring, list) for point in ring]
    if len(points) > POINTS_MAX:
        return Drawn(row, code, refusal=OutlineRefusal.TOO_MANY_POINTS, points=len(points))
    if not rings or not all(_closed(ring) for ring in rings):
        return Drawn(row, code, refusal=OutlineRefusal.NO_AREA)
    if not all(abs(point[0]) <= _EAST and abs(point[1]) <= _NORTH for point in points):
        return Drawn(row, code, refusal=OutlineRefusal.NOT_IN_DEGREES)
    kept = {"type": kind, "coordinates": _rounded(geometry["coordinates"])}
    return Drawn(row, code, json.dumps(kept, separators=(",", ":")), _box(points), points=len(points))


def _code_of(feature: Any) -> str:
    """Return the code that the feature names under any of the headers of lists of places; empty for none."""
    about = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(about, dict):
        return ""
    given = next((about[name] for name in HEADERS["code"] if about.get(name) not in (None, "")), "")
    word = str(given).strip() if isinstance(given, str | int) and not isinstance(given, bool) else ""
    return str(division_number(word)) if is_division_code(word) else word


def _rings(coordinates: Any, depth: int) -> Iterator[Any]:
    """Yield every ring of the coordinates; what is no list yields itself, and is refused by `_closed`."""
    if not isinstance(coordinates, list) or not coordinates or depth == 0:
        yield coordinates
    else:
        for inner in coordinates:
            yield from _rings(inner, depth - 1)


def _closed(ring: Any) -> bool:
    """Tell whether this is a closed ring of at least four positions."""
    if not isinstance(ring, list) or len(ring) < _RING_MIN:
        return False
    return all(_position(point) for point in ring) and ring[0] == ring[-1]


def _position(point: Any) -> bool:
    if not isinstance(point, list) or len(point) not in {2, 3}:
        return False
    return all(isinstance(part, int | float) and not isinstance(part, bool) and abs(part) < _FAR for part in point)


def _rounded(coordinates: Any) -> Any:
    """Return the coordinates with five decimals, heights left out."""
    if isinstance(coordinates[0], list):
        return [_rounded(inner) for inner in coordinates]
    return [round(part, _DECIMALS) for part in coordinates[:2]]


def _box(points: list[list[float]]) -> tuple[int, int, int, int]:
    across, up = ([round(point[axis] * DEGREE) for point in points] for axis in (0, 1))
    return min(across), min(up), max(across), max(up)
