// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace vitrine {

struct ChairGeneratorOptions;

inline constexpr int kFc5Side = 8;  ///< of FC-5's maps, in pixels

/// The part of the generator that a layer belongs to: an input branch, the joint trunk or a stream. A network
/// of one stream has no mask stream.
enum class ChairSubnet { Style, View, Theta, Joint, Rgb, Mask };

/// A layer of the chair generator by the paper's name. Activations are those after the non-linearity; the
/// output is linear. Source: papers.md B1, B7.
struct ChairLayer {
    std::string name;  ///< "FC-1 style", "FC-4", "FC-5", "FC-5 mask", "uconv-1", "output"
    ChairSubnet subnet = ChairSubnet::Joint;
    int depth = 3;     ///< 1 to 5 = FC-1 to FC-5, then the up-convolutions; the last is the output
    int numUnits = 0;  ///< units of a fully connected layer, else maps
    int side = 1;      ///< pixels a side of a map; 1 = fully connected

    bool isMap() const { return side > 1; }
    bool isBranch() const { return subnet <= ChairSubnet::Theta; }
    bool operator==(const ChairLayer&) const = default;
};

/// All layers, from the inputs to the picture.
std::vector<ChairLayer> chairLayers(const ChairGeneratorOptions& options);

}  // namespace vitrine
