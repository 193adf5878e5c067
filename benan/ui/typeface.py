"""Be Vietnam Pro as the browser gets it: a few weights, Latin and Vietnamese, with tabular figures.

The typeface comes from the package fontpkg-be-vietnam-pro (SIL Open Font License 1.1). Its own figures
are proportional and it has no `tnum`, so figures of one width are added when it is subset; without
them codes, dates and columns of numbers would not stand under one another.
"""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
# Latin with Vietnamese (and its combining marks), punctuation, the đồng sign, ≤ ≥ ≈ ≠ −.
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x300, 0x324),
    *range(0x1EA0, 0x1EFA),
    *range(0x2010, 0x2027),
    *range(0x2030, 0x203B),
    *(0x20AB, 0x20AC, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
]
FIGURE = 640  # width of every tabular figure, in thousandths of the size, the same in all weights
RECIPE = "3"


class TypefaceFinder(BaseFinder):
    """Serves `typeface/BeVietnamPro-400.woff2` and the other weights, made once per version of the package."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        release = version("fontpkg-be-vietnam-pro")
        self.folder = Path(settings.BASE_DIR) / ".work" / "typeface" / f"{release}-{RECIPE}"
        self.storage = FileSystemStorage(location=self.folder, base_url=settings.STATIC_URL)
        setattr(self.storage, "prefix", "")  # noqa: B010, collectstatic asks for it
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind one static path, or nothing."""
        if path not in {name for name, _ in self._names()}:
            return []
        self._make()
        found = str(self.folder / path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every file with the storage that holds it."""
        self._make()
        for name, _ in self._names():
            yield name, self.storage

    def check(self, **kwargs: Any) -> Any:
        """Nothing to configure."""
        return []

    def _names(self) -> Iterable[tuple[str, str]]:
        return [(f"typeface/BeVietnamPro-{weight}.woff2", style) for weight, style in WEIGHTS.items()]

    def _make(self) -> None:
        for name, style in self._names():
            target = self.folder / name
            if target.exists():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            _subset(fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{style}.ttf", part)
            part.replace(target)


def _subset(source: Path, target: Path) -> None:
    whole, kept = TTFont(source), BytesIO()
    _add_tabular_figures(whole)
    whole.save(kept)
    font = TTFont(kept)
    options = Options(layout_features=["*"], flavor="woff2", hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def _add_tabular_figures(font: TTFont) -> None:
    """Give the ten figures twins of one width, reached by the OpenType feature `tnum`."""
    names, glyphs, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    figures = [names[ord(figure)] for figure in "0123456789"]
    drawn = font.getGlyphSet()
    for figure in figures:
        outline, pen = DecomposingRecordingPen(drawn), TTGlyphPen(None)
        drawn[figure].draw(outline)
        outline.replay(TransformPen(pen, (1, 0, 0, 1, round((FIGURE - metrics[figure][0]) / 2), 0)))
        twin = f"{figure}.tnum"
        glyphs[twin] = pen.glyph()
        glyphs[twin].recalcBounds(glyphs)
        metrics[twin] = (FIGURE, glyphs[twin].xMin)
    font.setGlyphOrder(glyphs.glyphOrder)
    _add_substitution(font, "tnum", {figure: f"{figure}.tnum" for figure in figures})


def _add_substitution(font: TTFont, feature: str, pairs: dict[str, str]) -> None:
    table = font.get("GSUB", newTable("GSUB")).table
    single = otTables.SingleSubst()
    single.mapping = pairs
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable, lookup.SubTableCount = 1, 0, [single], 1
    table.LookupList.Lookup.append(lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = feature, otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [len(table.LookupList.Lookup) - 1]
    record.Feature.LookupCount = 1
    table.FeatureList.FeatureRecord.append(record)
    index = len(table.FeatureList.FeatureRecord) - 1
    for script in table.ScriptList.ScriptRecord:
        languages = [script.Script.DefaultLangSys, *(one.LangSys for one in script.Script.LangSysRecord)]
        for language in filter(None, languages):
            language.FeatureIndex.append(index)
            language.FeatureCount = len(language.FeatureIndex)
