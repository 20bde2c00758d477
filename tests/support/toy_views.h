// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace vitrine::test {

/// Packs `numStyles` toy chairs (coloured boxes whose width follows the azimuth) at the 31 x 2 views of the
/// grid. Throws if it cannot.
void packToyViews(const std::filesystem::path& packed, int numStyles, int size);

}  // namespace vitrine::test
