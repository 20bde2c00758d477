// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/image.h"

namespace vitrine {

/// Ways to find where each pixel of a picture is in another.
enum class FlowMethod {
    Dis,        ///< dense inverse search, finest scale, variational refinement. Source: Kroeger et al. 2016
    Farneback,  ///< polynomial expansion. Source: Farneback 2003
    DeepFlow,   ///< variational, coarse to fine in steps of 0.95. Source: Weinzaepfel et al. 2013, as OpenCV
                ///< has it
    LucasKanade,     ///< pyramidal, at every pixel. Source: Bouguet 2000
    SiftFlow,        ///< Source: Liu, Yuen, Torralba 2011
    SpatialPyramid,  ///< deformable spatial pyramid. Source: Kim, Liu, Sha, Grauman 2013
};

std::span<const FlowMethod> flowMethods();
/// For files and the command line, e.g. "sift-flow".
std::string_view keyOf(FlowMethod method);
std::optional<FlowMethod> flowMethodOf(std::string_view key);
/// For people, e.g. "SIFT flow".
std::string_view nameOf(FlowMethod method);

/// Whether a method can begin at an initial flow: DIS and SIFT flow.
bool canBeGuided(FlowMethod method);

/// Where each pixel of `from` is in `to`. `initialFlow`: where the search begins, for a method that can be
/// guided; others do without. Shapes: both [H, W, 1 or 3], of one size, 16 pixels a side at least;
/// initialFlow empty or [H, W, 2] -> [H, W, 2]. Thread: any; each call runs on the caller's thread alone.
FlowField opticalFlow(const Image& from,
                      const Image& to,
                      FlowMethod method,
                      const FlowField& initialFlow = {});

}  // namespace vitrine
