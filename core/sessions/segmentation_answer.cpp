// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/segmentation_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "core/base/mean.h"
#include "core/metrics/label_baselines.h"
#include "core/metrics/leg_measures.h"
#include "core/metrics/segmentation_metrics.h"
#include "core/recipe/segmentation_input.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxCompared = 100;  // pairs grow with the square
constexpr int kNumBins = 10;

Status checkMap(const LabelMap& map, const Image& image, const char* what) {
    if (map.empty() || (map.width == image.width && map.height == image.height)) return {};
    return invalidArgument(
        fmt::format("The {} is {} x {} pixels, but the image is {} x {}; make them one size.",
                    what,
                    map.width,
                    map.height,
                    image.width,
                    image.height));
}

bool areLabels(const LabelMap& map, int numClasses) {
    return std::ranges::all_of(
        map.pixels, [&](std::uint8_t label) { return label < numClasses || label == kUnknownLabel; });
}

Status checkLabels(const LabelMap& map, int numClasses, const char* what) {
    if (areLabels(map, numClasses)) return {};
    return invalidArgument(fmt::format(
        "The {} hold a label that the model does not know; its labels are 0 to {}, and 255 for unknown.",
        what,
        numClasses - 1));
}

/// The labels that were known say nothing about the network: they stand in the answer as they are.
Calibration calibrationOf(const SegmentationRequest& request, const SegmentationResult& result, int size) {
    CalibrationMeter meter(kNumBins);
    meter.add(result.probability, labelsToFind(request, size));
    return meter.result();
}

SegmentationScores scoresOf(const SegmentationResult& result, const LabelMap& truth, const IouRule& parts) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const auto iouOf = [&](const LabelMap& labels) {
        return labels.empty() ? kNone : meanIou(labels, truth, parts);
    };
    SegmentationScores scores;
    scores.meanIou = iouOf(result.mean);
    scores.guessIou = iouOf(result.guess);
    scores.reconstructionIou = iouOf(result.reconstruction);
    scores.nearestKnownIou = iouOf(result.nearestKnown);
    scores.bestIou = bestIou(result.samples, truth, parts);
    for (const LabelMap& sample : result.samples) scores.sampleIous.push_back(meanIou(sample, truth, parts));
    scores.pixelAccuracy = pixelAccuracy(result.mean, truth);
    return scores;
}

/// `fill` where labels were observed: they say nothing about the network.
LabelMap withoutObserved(LabelMap map, const SegmentationRequest& request, std::uint8_t fill) {
    if (request.observed.empty()) return map;
    const LabelMap observed = squareMap(request.observed, map.width, kUnknownLabel);
    for (std::size_t i = 0; i < map.pixels.size(); ++i)
        if (observed.pixels[i] != kUnknownLabel) map.pixels[i] = fill;
    return map;
}

/// Where the answer is the network's own.
LabelMap hiddenMap(const SegmentationRequest& request, int size) {
    if (request.omission.empty()) return LabelMap(size, size);
    return withoutObserved(squareMap(request.omission, size, 0), request, 0);
}

void addLegScores(const SegmentationRequest& request,
                  const SegmentationModelInfo& info,
                  const LabelMap& truth,
                  const SegmentationResult& result,
                  SegmentationScores& scores) {
    Mean whole, isolated;
    const auto name = std::ranges::find(info.classNames, "legs");
    if (name != info.classNames.end()) {
        const auto legsClass = std::uint8_t(name - info.classNames.begin());
        const LegMeasures legs(truth, hiddenMap(request, truth.width), {.legsClass = legsClass});
        for (const LabelMap& sample : result.samples) {
            if (!legs.counts()) break;
            whole.add(legs.hasWholeLegs(sample) ? 1 : 0);
            isolated.add(legs.falseLegShare(sample));
        }
    }
    scores.wholeLegs = whole.value();
    scores.falseLegs = isolated.value();
}

}  // namespace

SegmentationRequest answerable(SegmentationRequest request, const SegmentationModelInfo& info) {
    if (!areLabels(request.truth, info.numClasses)) request.truth = {};
    if (!info.takesObserved || !areLabels(request.observed, info.numClasses)) request.observed = {};
    std::erase_if(request.forced,
                  [&info](const ForcedChannel& each) { return each.channel >= info.numChannels; });
    if (!info.hasNoise) request.numSamples = 1;
    return request;
}

Status checkRequest(const SegmentationRequest& request, const SegmentationModelInfo& info) {
    if (request.image.empty()) return invalidArgument("There is no image to segment; open one.");
    VITRINE_CHECK(checkMap(request.omission, request.image, "omission mask"));
    VITRINE_CHECK(checkMap(request.observed, request.image, "map of observed labels"));
    VITRINE_CHECK(checkMap(request.truth, request.image, "true label map"));
    VITRINE_CHECK(checkLabels(request.observed, info.numClasses, "observed labels"));
    VITRINE_CHECK(checkLabels(request.truth, info.numClasses, "true labels"));
    if (request.numSamples < 1 || request.numSamples > SegmentationRequest::kMaxSamples)
        return invalidArgument(fmt::format("Ask for 1 to {} samples.", SegmentationRequest::kMaxSamples));
    if (!(request.temperature >= 0 && request.temperature <= SegmentationRequest::kMaxTemperature))
        return invalidArgument("The temperature of the samples must lie between 0 and 3.");
    if (request.numSamplingSteps < 1 || request.numSamplingSteps > SegmentationRequest::kMaxSamplingSteps)
        return invalidArgument(fmt::format("Samples are drawn in 1 to {} sampling steps.",
                                           SegmentationRequest::kMaxSamplingSteps));
    if (request.numSteps < 1 || request.numSteps > SegmentationRequest::kMaxSteps)
        return invalidArgument(
            fmt::format("Samples are drawn in 1 to {} steps.", SegmentationRequest::kMaxSteps));
    if (request.numSweeps < 1 || request.numSweeps > SegmentationRequest::kMaxSweeps)
        return invalidArgument(fmt::format("Ask for 1 to {} sweeps.", SegmentationRequest::kMaxSweeps));
    if (!request.observed.empty() && !info.takesObserved)
        return invalidArgument("The variant " + info.variant +
                               " cannot follow observed labels; choose tokens, cvae or hybrid.");
    for (const ForcedChannel& forced : request.forced)
        if (forced.channel < 0 || forced.channel >= info.numChannels || !std::isfinite(forced.deviations))
            return invalidArgument(
                fmt::format("The latent has no channel {}; it has {}.", forced.channel, info.numChannels));
    return {};
}

LabelMap labelsToFind(const SegmentationRequest& request, int size) {
    if (request.truth.empty()) return {};
    return withoutObserved(squareMap(request.truth, size, kUnknownLabel), request, kUnknownLabel);
}

LabelMap knownLabels(const SegmentationRequest& request, int size) {
    LabelMap known;
    if (!request.observed.empty()) {
        known = squareMap(request.observed, size, kUnknownLabel);
    } else if (!request.truth.empty() && !request.omission.empty()) {
        const LabelMap hidden = squareMap(request.omission, size, 0);
        known = squareMap(request.truth, size, kUnknownLabel);
        for (std::size_t i = 0; i < known.pixels.size(); ++i)
            if (hidden.pixels[i]) known.pixels[i] = kUnknownLabel;
    }
    const auto numUnknown = std::ranges::count(known.pixels, kUnknownLabel);
    const bool isQuestion = numUnknown > 0 && numUnknown < std::ptrdiff_t(known.pixels.size());
    return isQuestion ? known : LabelMap();
}

void finishScores(const SegmentationRequest& request,
                  const SegmentationModelInfo& info,
                  SegmentationResult& result) {
    if (const LabelMap known = knownLabels(request, info.size); !known.empty())
        result.nearestKnown = nearestKnownLabels(known);
    const auto few = std::span(result.samples).first(std::min(result.samples.size(), kMaxCompared));
    const IouRule parts{info.numClasses, 1, EmptyClass::Skip};
    if (request.truth.empty()) {
        result.diversity = sampleDiversity(few, parts);
        return;
    }
    const LabelMap truth = squareMap(request.truth, info.size, kUnknownLabel);
    const EnergyDistance distance = energyDistance(few, std::span(&truth, 1), parts);
    result.diversity = distance.sampleDiversity;
    result.scores = scoresOf(result, truth, parts);
    result.scores->energyDistance = distance.squared;
    result.scores->calibration = calibrationOf(request, result, info.size);
    addLegScores(request, info, truth, result, *result.scores);
}

}  // namespace vitrine
