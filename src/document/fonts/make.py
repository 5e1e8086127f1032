#!/usr/bin/env python3
"""Makes the font files of this folder from their families' full fonts.

    pip install fonttools
    npm install @expo-google-fonts/{literata,hanken-grotesk,bricolage-grotesque,fraunces,barlow-condensed}
    python3 make.py node_modules/@expo-google-fonts /usr/share/fonts/truetype/dejavu

Each file keeps the Latin script, punctuation and the signs that French documents use; hints, which
paper does not need, go. The narrow no-break space and the no-break hyphen, which most families
leave out, are added: French typography puts them everywhere, and a sign borrowed from another
family would have another width. No family here declares a Reserved Font Name, so that the changed
fonts may keep their names; DejaVu's licence asks for another one, which it gets.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x192, *range(0x218, 0x21C), *range(0x2C6, 0x2DE)]
SIGNS = [
    *range(0x300, 0x329), *range(0x2000, 0x2070), *range(0x2070, 0x2090), *range(0x20A0, 0x20C0),
    *range(0x2100, 0x2190), *range(0x2190, 0x219A), 0x2212, 0x2215, 0x221A, 0x2248, 0x2260, 0x2264,
    0x2265, 0x25CF, 0xFB01, 0xFB02, 0xFFFD,
]
# Names of other countries, and what the other families lack.
MORE_LATIN = [*range(0x180, 0x250), *range(0x1E00, 0x1F00)]
GREEK_CYRILLIC = [*range(0x370, 0x530)]
SYMBOLS = [
    *range(0x2100, 0x2200), *range(0x2200, 0x2270), *range(0x25A0, 0x2600), *range(0x2600, 0x2670),
    *range(0x2700, 0x27C0),
]
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "case", "lnum", "pnum", "tnum", "sups"]

FILES = {
    "Literata-Regular": ("literata/400Regular/Literata_400Regular.ttf", MORE_LATIN + GREEK_CYRILLIC),
    "Literata-Bold": ("literata/700Bold/Literata_700Bold.ttf", MORE_LATIN + GREEK_CYRILLIC),
    "HankenGrotesk-Medium": ("hanken-grotesk/500Medium/HankenGrotesk_500Medium.ttf", []),
    "HankenGrotesk-Bold": ("hanken-grotesk/700Bold/HankenGrotesk_700Bold.ttf", []),
    "HankenGrotesk-Black": ("hanken-grotesk/900Black/HankenGrotesk_900Black.ttf", []),
    "BricolageGrotesque-ExtraBold":
        ("bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf", []),
    "Fraunces-SemiBold": ("fraunces/600SemiBold/Fraunces_600SemiBold.ttf", []),
    "Fraunces-Black": ("fraunces/900Black/Fraunces_900Black.ttf", []),
    "BarlowCondensed-SemiBold": ("barlow-condensed/600SemiBold/BarlowCondensed_600SemiBold.ttf", []),
    "BarlowCondensed-ExtraBold":
        ("barlow-condensed/800ExtraBold/BarlowCondensed_800ExtraBold.ttf", []),
}


def add_french_spaces(font):
    """U+202F a fifth of an em wide, U+2011 as the hyphen; kept where the family has its own."""
    cmap = font.getBestCmap()
    tables = [t for t in font["cmap"].tables if t.isUnicode()]
    if 0x2011 not in cmap:
        for table in tables:
            table.cmap[0x2011] = cmap.get(0x2010, cmap[0x2D])
    if 0x202F not in cmap:
        name = "uni202F"
        for vertical in {"vmtx", "vhea"} & set(font.keys()):
            del font[vertical]
        font.ensureDecompiled()
        outlines, widths = font["glyf"], font["hmtx"]
        outlines[name] = outlines[cmap[0x20]]
        font.setGlyphOrder(list(outlines.glyphOrder))
        widths[name] = (font["head"].unitsPerEm // 5, 0)
        for table in tables:
            table.cmap[0x202F] = name


def keep(font, characters):
    options = subset.Options(
        layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
        notdef_outline=True, glyph_names=False, drop_tables=["DSIG", "STAT", "MATH", "meta"],
    )
    options.drop_tables += ["FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def main(families, dejavu):
    for name, (source, more) in FILES.items():
        font = TTFont(families / source, recalcTimestamp=False)
        add_french_spaces(font)
        keep(font, LATIN + SIGNS + more)
        font.save(HERE / f"{name}.ttf")
        family = source.split("/")[0]
        licence = (families / family / "LICENSE_FONT").read_text(encoding="utf-8")
        (HERE / f"OFL-{name.split('-')[0]}.txt").write_text(licence, encoding="utf-8")
    symbols = TTFont(dejavu / "DejaVuSans.ttf", recalcTimestamp=False)
    keep(symbols, GREEK_CYRILLIC + MORE_LATIN + SYMBOLS)
    for record in symbols["name"].names:
        if record.nameID in (1, 3, 4, 16):
            record.string = "Greffier Symboles"
        elif record.nameID == 6:
            record.string = "GreffierSymboles"
    symbols.save(HERE / "GreffierSymboles.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
