// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace vitrine::test {

/// Packs toy scenes of `size` pixels: a coloured box on grey, labelled "box", with "legs" below it at its
/// left or right (which is seen in the picture). One in four is held out. Throws if it cannot.
void packToyScenes(const std::filesystem::path& packed, int count, int size);

}  // namespace vitrine::test
