// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

/// Of three values in any unit. Source: ITU-R BT.709.
template <class Colour>
double luminance(const Colour& rgb) {
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

}  // namespace vitrine
