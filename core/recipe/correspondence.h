// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/flow/matching.h"
#include "core/recipe/morph.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// What lies between A and B when they are matched.
enum class CorrespondenceRoute {
    Morph,   ///< the generator's pictures; flows between neighbours are concatenated
    Direct,  ///< nothing: one flow from A to B
};

/// Which chairs are matched, and how.
struct CorrespondenceRequest {
    static constexpr int kMaxFrames = 512;

    StyleMix from, to;
    ChairView view{34, 20};
    CorrespondenceRoute route = CorrespondenceRoute::Morph;
    int numFrames = 64;  ///< of the morph, A and B included
    /// Frames from one flow to the next. Neighbours hardly differ: a part that fades more than it moves pulls
    /// at no flow, and small errors add up; on chairs beside the test set every 21st frame did best.
    int stride = 21;
    /// Flow looks about where the other chair's proportions put each point, box and height of the seat: both
    /// are turned before the generator for their depth. A flow from A to B at once, guided likewise, mends
    /// the morph's. Along a morph, for methods that can be guided; others do without, and so does a direct
    /// match, which is what the rivals know.
    bool isGuided = true;
    MorphSchedule schedule = MorphSchedule::Linear;
    FlowMethod method = FlowMethod::Dis;
    bool operator==(const CorrespondenceRequest&) const = default;
};

/// Whether `isGuided` makes a difference there.
bool takesGuide(CorrespondenceRoute route, FlowMethod method);
/// Errors: InvalidArgument: the same chair twice, fewer than two frames or too many, a view out of range; one
/// sentence each.
Status checkRequest(const CorrespondenceRequest& request);
/// The morph's pictures, from A to B.
std::vector<ChairRequest> framesOf(const CorrespondenceRequest& request);
/// What the flow is computed on: luminance and mask in one grey picture, so that a white chair's outline on
/// white is seen. Shapes: premultiplied [H, W, 4] -> [H, W, 1].
Image flowPicture(const Image& premultiplied);

/// The answer. Shapes: all of the network's size.
struct CorrespondenceResult {
    std::vector<Image> frames;  ///< [H, W, 4] premultiplied, A to B; matched directly too
    Matching matching;          ///< A first, B last
    double generateMs = 0;

    const Image& from() const { return frames.front(); }
    const Image& to() const { return frames.back(); }
};

/// How far a match can be believed.
enum class CorrespondenceTrust {
    Sure,
    Unsure,    ///< the way back ends elsewhere: hidden or mistaken
    OffChair,  ///< begins or ends beside the chair
};

/// One point of A and where it is in B.
struct PointMatch {
    PixelPoint from, to;
    std::vector<PixelPoint> trail;  ///< one place a frame
    float roundTripPx = 0;          ///< forward-backward error
    float confidence = 0;           ///< in [0, 1]: 1 for no error, 1/2 at kUnsurePx
    CorrespondenceTrust trust = CorrespondenceTrust::Sure;
};

/// A forward-backward error beyond that is no longer trusted. Units: pixels.
inline constexpr float kUnsurePx = 3;

/// Whether a place is on the chair or a pixel beside it. Shapes: [H, W, 4] premultiplied.
bool isNearChair(const Image& premultiplied, PixelPoint point);
PointMatch matchPoint(const CorrespondenceResult& result, PixelPoint from);
/// Mean forward-backward error of places on A, from A to each frame and back; between key frames a line.
/// Units: pixels; one value a frame, the first 0.
std::vector<float> roundTripCurve(const CorrespondenceResult& result, std::span<const PixelPoint> places);
/// The trust of every pixel of B in what is warped there from A. Shapes: [H, W, 1] of CorrespondenceTrust.
LabelMap trustOfB(const CorrespondenceResult& result);
/// A picture of A's size, as B wears it; `fill`: every channel of what comes from beside A. Shapes: [H, W,
/// C].
Image warpedToB(const CorrespondenceResult& result, const Image& ofA, std::uint8_t fill = 0);

/// "simple" words for files and people.
const char* nameOf(CorrespondenceTrust trust);

}  // namespace vitrine
