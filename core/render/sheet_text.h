// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/base/image.h"

namespace vitrine {

inline constexpr int kSheetLine = 15;  ///< pixels from one line of text to the next

/// In the window's font at 12 pixels. ASCII; what is none is left out. Units: pixels.
int sheetTextWidth(std::string_view text);
/// Dark, smooth letters; what reaches beyond the picture is left out. `top`: of the line. Shapes: [H, W, 3].
void drawSheetText(Image& image, int left, int top, std::string_view text);

}  // namespace vitrine
