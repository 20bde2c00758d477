// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/correspondence.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace vitrine {
namespace {

constexpr float kMaskShare = 0.7f;  // of the flow's picture
constexpr std::uint8_t kOnChairAlpha = 64;

bool isOnChair(const Image& premultiplied, PixelPoint point) {
    const int x = int(std::lround(point.x)), y = int(std::lround(point.y));
    const bool isInside = x >= 0 && y >= 0 && x < premultiplied.width && y < premultiplied.height;
    return isInside && premultiplied.at(y, x, 3) >= kOnChairAlpha;
}

}  // namespace

bool takesGuide(CorrespondenceRoute route, FlowMethod method) {
    return route == CorrespondenceRoute::Morph && canBeGuided(method);
}

Status checkRequest(const CorrespondenceRequest& request) {
    if (request.from.empty() || request.to.empty())
        return invalidArgument("Choose a chair for A and one for B.");
    if (normalised(request.from) == normalised(request.to))
        return invalidArgument("A and B are the same chair; choose another one for B.");
    if (request.numFrames < 2)
        return invalidArgument("One frame shows no motion; ask for two frames or more.");
    if (request.stride < 1)
        return invalidArgument("Flows go from frame to frame; ask for a stride of one frame or more.");
    if (request.numFrames > CorrespondenceRequest::kMaxFrames)
        return invalidArgument(
            fmt::format("A morph has at most {} frames; ask for fewer.", CorrespondenceRequest::kMaxFrames));
    const ChairView view = request.view;
    if (!(std::abs(view.azimuthDeg) <= 360) || !(std::abs(view.elevationDeg) <= 90))
        return invalidArgument(
            "The view is out of range; the azimuth goes from -360 to 360 degrees, the elevation from -90 to "
            "90.");
    return {};
}

std::vector<ChairRequest> framesOf(const CorrespondenceRequest& request) {
    std::vector<ChairRequest> frames;
    const std::array ends{request.from, request.to};
    const int count = request.route == CorrespondenceRoute::Direct ? 2 : request.numFrames;
    for (const double u : morphPositions(count, request.schedule))
        frames.push_back({mixAt(ends, u, 0), request.view, {}});
    return frames;
}

Image flowPicture(const Image& premultiplied) {
    Image grey(premultiplied.width, premultiplied.height, 1);
    for (std::size_t i = 0; i < grey.pixels.size(); ++i) {
        const std::uint8_t* rgba = &premultiplied.pixels[4 * i];
        const float luminance = 0.299f * float(rgba[0]) + 0.587f * float(rgba[1]) + 0.114f * float(rgba[2]);
        grey.pixels[i] = std::uint8_t(std::lerp(luminance, float(rgba[3]), kMaskShare) + 0.5f);
    }
    return grey;
}

bool isNearChair(const Image& premultiplied, PixelPoint point) {
    for (const float dy : {-1.5f, 0.f, 1.5f})
        for (const float dx : {-1.5f, 0.f, 1.5f})
            if (isOnChair(premultiplied, {point.x + dx, point.y + dy})) return true;
    return false;
}

PointMatch matchPoint(const CorrespondenceResult& result, PixelPoint from) {
    PointMatch match;
    match.from = from;
    match.trail = trailOverFrames(result.matching, from);
    match.to = match.trail.back();
    match.roundTripPx = distance(from, advect(result.matching.backward, match.to));
    match.confidence = std::exp2(-match.roundTripPx / kUnsurePx);
    if (!isNearChair(result.from(), from) || !isNearChair(result.to(), match.to))
        match.trust = CorrespondenceTrust::OffChair;
    else if (match.roundTripPx > kUnsurePx)
        match.trust = CorrespondenceTrust::Unsure;
    return match;
}

std::vector<float> roundTripCurve(const CorrespondenceResult& result, std::span<const PixelPoint> places) {
    const Matching& matching = result.matching;
    std::vector<float> curve{0};
    float before = 0;
    for (std::size_t k = 1; k < matching.keys.size(); ++k) {
        const auto there = std::span(matching.steps.forward).first(k),
                   home = std::span(matching.steps.backward).last(k);
        const bool isEnd = k + 1 == matching.keys.size();
        float error = 0;
        for (const PixelPoint place : places) {
            const PixelPoint back = isEnd ? advect(matching.backward, advect(matching.forward, place))
                                          : trailOf(home, trailOf(there, place).back()).back();
            error += distance(place, back) / float(places.size());
        }
        const std::size_t length = matching.keys[k] - matching.keys[k - 1];
        for (std::size_t i = 1; i <= length; ++i)
            curve.push_back(std::lerp(before, error, float(i) / float(length)));
        before = error;
    }
    return curve;
}

LabelMap trustOfB(const CorrespondenceResult& result) {
    const Image& b = result.to();
    LabelMap trust(b.width, b.height);
    for (int y = 0; y < b.height; ++y)
        for (int x = 0; x < b.width; ++x) {
            const PixelPoint here{float(x), float(y)};
            CorrespondenceTrust found = CorrespondenceTrust::Sure;
            if (!isOnChair(b, here) || !isNearChair(result.from(), advect(result.matching.backward, here)))
                found = CorrespondenceTrust::OffChair;
            else if (result.matching.backwardError.at(y, x) > kUnsurePx)
                found = CorrespondenceTrust::Unsure;
            trust.at(y, x) = std::uint8_t(found);
        }
    return trust;
}

Image warpedToB(const CorrespondenceResult& result, const Image& ofA, std::uint8_t fill) {
    return warpBackward(ofA, result.matching.backward, fill);
}

const char* nameOf(CorrespondenceTrust trust) {
    switch (trust) {
        case CorrespondenceTrust::Sure:
            return "sure";
        case CorrespondenceTrust::Unsure:
            return "unsure";
        case CorrespondenceTrust::OffChair:
            return "off chair";
    }
    return "";
}

}  // namespace vitrine
