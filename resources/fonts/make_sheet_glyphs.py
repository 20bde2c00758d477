#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes core/render/sheet_glyphs.h: the ASCII letters of Vitrine Sans as grey pictures, for sheets that are made without Qt.

Needs libfreetype. Usage: resources/fonts/make_sheet_glyphs.py
"""
import base64
import ctypes
import ctypes.util
import pathlib

SIZE = 12
ROOT = pathlib.Path(__file__).resolve().parents[2]
LOAD_RENDER_LIGHT = 0x4 | (1 << 16)


class Vector(ctypes.Structure):
    _fields_ = [("x", ctypes.c_long), ("y", ctypes.c_long)]


class Generic(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("finalizer", ctypes.c_void_p)]


class Bitmap(ctypes.Structure):
    _fields_ = [("rows", ctypes.c_uint), ("width", ctypes.c_uint), ("pitch", ctypes.c_int),
                ("buffer", ctypes.POINTER(ctypes.c_ubyte)), ("num_grays", ctypes.c_ushort),
                ("pixel_mode", ctypes.c_ubyte), ("palette_mode", ctypes.c_ubyte), ("palette", ctypes.c_void_p)]


class GlyphSlot(ctypes.Structure):
    _fields_ = [("library", ctypes.c_void_p), ("face", ctypes.c_void_p), ("next", ctypes.c_void_p),
                ("glyph_index", ctypes.c_uint), ("generic", Generic), ("metrics", ctypes.c_long * 8),
                ("linearHoriAdvance", ctypes.c_long), ("linearVertAdvance", ctypes.c_long), ("advance", Vector),
                ("format", ctypes.c_uint), ("bitmap", Bitmap), ("bitmap_left", ctypes.c_int),
                ("bitmap_top", ctypes.c_int)]


class Face(ctypes.Structure):
    _fields_ = [("num_faces", ctypes.c_long), ("face_index", ctypes.c_long), ("face_flags", ctypes.c_long),
                ("style_flags", ctypes.c_long), ("num_glyphs", ctypes.c_long), ("family_name", ctypes.c_char_p),
                ("style_name", ctypes.c_char_p), ("num_fixed_sizes", ctypes.c_int), ("available_sizes", ctypes.c_void_p),
                ("num_charmaps", ctypes.c_int), ("charmaps", ctypes.c_void_p), ("generic", Generic),
                ("bbox", ctypes.c_long * 4), ("units_per_EM", ctypes.c_ushort), ("ascender", ctypes.c_short),
                ("descender", ctypes.c_short), ("height", ctypes.c_short), ("max_advance_width", ctypes.c_short),
                ("max_advance_height", ctypes.c_short), ("underline_position", ctypes.c_short),
                ("underline_thickness", ctypes.c_short), ("glyph", ctypes.POINTER(GlyphSlot))]


def glyphs():
    """Of each letter from space to tilde: advance, left, top above the base line, width, height, then its rows."""
    freetype = ctypes.CDLL(ctypes.util.find_library("freetype"))
    library, face = ctypes.c_void_p(), ctypes.POINTER(Face)()
    assert freetype.FT_Init_FreeType(ctypes.byref(library)) == 0
    font = str(ROOT / "resources/fonts/VitrineSans-Regular.otf").encode()
    assert freetype.FT_New_Face(library, font, 0, ctypes.byref(face)) == 0
    assert freetype.FT_Set_Pixel_Sizes(face, 0, SIZE) == 0
    for letter in range(32, 127):
        assert freetype.FT_Load_Char(face, ctypes.c_ulong(letter), LOAD_RENDER_LIGHT) == 0
        slot = face.contents.glyph.contents
        bitmap = slot.bitmap
        yield bytes([slot.advance.x + 32 >> 6, slot.bitmap_left & 255, slot.bitmap_top & 255, bitmap.width, bitmap.rows])
        for row in range(bitmap.rows):
            yield bytes(bitmap.buffer[row * bitmap.pitch:row * bitmap.pitch + bitmap.width])


def main():
    text = base64.b64encode(b"".join(glyphs())).decode()
    lines = [f'    "{text[i:i + 100]}"' for i in range(0, len(text), 100)]
    (ROOT / "core/render/sheet_glyphs.h").write_text(
        "// SPDX-License-Identifier: GPL-3.0-or-later\n// Written by resources/fonts/make_sheet_glyphs.py.\n#pragma once\n\n"
        "namespace vitrine {\n\n/// Of each ASCII letter from space to tilde, in base 64: advance, left, top above the base line, width,\n"
        "/// height, then its rows, 0 to 255.\n// clang-format off\ninline constexpr char kSheetGlyphs[] =\n"
        + "\n".join(lines) + ";\n// clang-format on\n\n}  // namespace vitrine\n", encoding="utf-8")


if __name__ == "__main__":
    main()
