// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/random.h"

namespace vitrine {

/// What is done at random to a picture of a scene while training. Shapes: image [size, size, 3], labels
/// [size, size], row after row.

/// Left to right.
void mirror(std::uint8_t* pixels, int size, int channels);

/// Other materials and another light: the channels are shuffled; each has its own gain, 1 - strength to
/// 1 + strength, and all become brighter or darker by up to strength / 2 of the range.
void changeColours(std::uint8_t* image, int size, double strength, Rng& rng);

/// A studio in place of the room: one colour, or a wall and a floor, each shaded from top to bottom, with a
/// little noise. What is not background stays; unknown pixels too.
void putInStudio(std::uint8_t* image, const std::uint8_t* labels, int size, Rng& rng);

}  // namespace vitrine
