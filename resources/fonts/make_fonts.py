#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the window's fonts: Inter (Debian's fonts-inter), Latin and Greek only, with figures of equal width.

Qt 6.4 cannot ask a font for its tabular figures (feature tnum), and with Inter's own figures a value jumps while it changes.
Here the figures of tnum become the default ones. Needs fonttools:
    python3 resources/fonts/make_fonts.py /usr/share/fonts/opentype/inter
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Vitrine Sans"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
RANGES = [(0x20, 0x17F), (0x2C6, 0x2DD), (0x370, 0x3FF), (0x2010, 0x2044), (0x2070, 0x209C), (0x20AC, 0x20AC),
          (0x2122, 0x2122), (0x2190, 0x2199), (0x21A9, 0x21AA), (0x2206, 0x2206), (0x2211, 0x221E), (0x2248, 0x2265),
          (0x2318, 0x2318), (0x21E7, 0x21E7)]


def tabular_glyphs(font):
    """Single substitutions of the feature tnum: {'one': 'one.tf', ...}."""
    gsub = font["GSUB"].table
    found = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                found.update(getattr(table, "mapping", {}))
    return found


def rename(font, weight):
    names = {1: f"{FAMILY} {weight}" if weight != "Regular" else FAMILY, 2: "Regular", 3: f"{FAMILY} {weight}",
             4: f"{FAMILY} {weight}", 6: f"{FAMILY}-{weight}".replace(" ", ""), 16: FAMILY, 17: weight}
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in (0, 13, 14)]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [names[6]]
    cff.topDictIndex[0].FamilyName = FAMILY
    cff.topDictIndex[0].FullName = names[4]
    font["OS/2"].usWeightClass = WEIGHTS[weight]


def even_out(font):
    """The semibold 4 of Inter 4.0 beta is 3 of 2816 units narrower than the other figures."""
    digits = [font.getBestCmap()[c] for c in range(0x30, 0x3A)]
    widest = max(font["hmtx"][g][0] for g in digits)
    assert all(widest - font["hmtx"][g][0] <= 8 for g in digits)
    for glyph in digits:
        font["hmtx"][glyph] = (widest, font["hmtx"][glyph][1])


def make(source, weight, target):
    font = TTFont(source / f"Inter-{weight}.otf")
    tabular = tabular_glyphs(font)
    for table in font["cmap"].tables:
        # Only digits: a point of a digit's width would tear "0.5" apart.
        table.cmap = {c: tabular.get(g, g) if chr(c).isdigit() and c < 0x80 else g for c, g in table.cmap.items()}
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.desubroutinize = True
    tool = subset.Subsetter(options)
    tool.populate(unicodes=[c for a, b in RANGES for c in range(a, b + 1)])
    tool.subset(font)
    even_out(font)
    rename(font, weight)
    font.save(target)
    print(target, target.stat().st_size, "bytes")


if __name__ == "__main__":
    for weight in WEIGHTS:
        make(Path(sys.argv[1]), weight, Path(__file__).parent / f"VitrineSans-{weight}.otf")
