// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// How the numbers or colours of a mask become classes.
enum class MaskRule {
    ClassNumbers,  ///< as stored; 255 = unknown
    Foreground,    ///< grey of at least 128 is class 1 (CUB: grey levels say how many annotators agreed)
    LfwColours,    ///< black background, yellow face, blue clothes, white hair
    Greys,         ///< each of a list of grey levels, as they are stored, is a class
    Colours        ///< each of a list of colours is a class
};

/// What somebody says about the masks of a set; Auto: it is found out.
enum class LabelChoice { Auto, Numbers, Foreground, Grey, Colours };

using MaskColour = std::array<std::uint8_t, 3>;

/// How all masks of a set are read.
struct MaskConvention {
    MaskRule rule = MaskRule::ClassNumbers;
    std::vector<MaskColour> levels;       ///< by class, where the rule is Greys or Colours
    std::string text;                     ///< "0 and 255: two classes"
    std::vector<std::string> classNames;  ///< what the classes are called where nobody named them
};

/// Looks at all masks. `numNamed`: classes that have a name already; 0: none has. Errors: those of
/// readLabelPng and readImage; BadFormat (one class alone, more classes than names); InvalidArgument (nothing
/// that can be told, say it by a choice).
Result<MaskConvention> findMaskConvention(std::span<const std::filesystem::path> masks,
                                          LabelChoice choice,
                                          std::size_t numNamed);

/// The classes of one mask. Shapes: [H, W, 1]. Errors: those of readLabelPng and readImage; BadFormat: a
/// value or colour that is no class, naming file and place.
Result<LabelMap> readMask(const std::filesystem::path& file, const MaskConvention& convention);

}  // namespace vitrine
