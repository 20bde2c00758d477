// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/eval/calibration.h"
#include "core/nets/segmenter_info.h"

namespace vitrine {

struct SegmentationNetOptions;

/// The bundled variant that panel and command line use by default.
inline constexpr const char* kDefaultSegmentationModel = "cvae";

/// What a network that segments is asked. The maps are empty or of the image's size.
struct SegmentationRequest : SamplingOptions {
    static constexpr int kMaxSamples = 10000, kMaxSweeps = 1000, kMaxSamplingSteps = 64, kMaxSteps = 256;
    static constexpr double kMaxTemperature = 3;

    Image image;        ///< any size, 1, 3 or 4 channels
    LabelMap omission;  ///< left out where not 0
    LabelMap observed;  ///< labels that are known; kUnknownLabel elsewhere. The samples follow them
    LabelMap truth;     ///< to score against
    int numSamples = 10;
};

/// Scores against the truth; IoU without the background, an empty class leaves no number (NaN where none is
/// left).
struct SegmentationScores {
    double meanIou = 0, guessIou = 0,
           bestIou = 0;  ///< answer at the prior mean; the CNN's guess; best sample
    double reconstructionIou = 0, nearestKnownIou = 0;  ///< NaN without the map of that name
    double logLikelihood =
        0;  ///< of the truth where labels were not given, in nats; see truthLogLikelihood()
    std::vector<double> sampleIous;
    double pixelAccuracy = 0;  ///< at the prior mean
    double energyDistance = 0;
    double wholeLegs =
               0,  ///< share of the samples whose hidden legs are whole; NaN where the truth hides none
        falseLegs =
            0;  ///< of a sample's hidden leg pixels the share far from any true leg, mean; see LegMeasures
    Calibration calibration;  ///< of the samples' mean probability, where labels were not given; ten bins
};

/// What it answers. Shapes: all of the network's size.
struct SegmentationResult {
    Image input;     ///< what the network saw
    LabelMap guess;  ///< the CNN alone; empty without one
    LabelMap mean;   ///< at the prior mean: the deterministic answer
    LabelMap
        reconstruction;  ///< when the latent has seen the truth; empty without truth or recognition network
    LabelMap
        nearestKnown;  ///< no network's: each unknown pixel has the nearest known label; see knownLabels()
    std::vector<LabelMap> samples;  ///< argmax of each
    LabelMap argmax;                ///< of the samples' mean probability
    Raster<float> probability;      ///< [H, W, K], mean over the samples
    ScalarMap entropy;              ///< of that mean, in 0..1: 1 is no idea
    ScalarMap mutualInformation;    ///< the part of it that is disagreement between the samples, in 0..1
    std::vector<double>
        changedShares;  ///< after each sweep: share of open pixels whose class changed, mean over the samples
    double diversity = 0;                      ///< mean 1 - IoU between samples
    std::optional<SegmentationScores> scores;  ///< with a truth
    bool isComplete = true;                    ///< false: a callback stopped it
};

/// A sweep of iterative inference that is done.
struct SegmentationSweep {
    int firstSample = 0;      ///< of those that are swept together; -1: the answer at the prior mean
    int number = 0;           ///< from 0
    double changedShare = 0;  ///< of the open pixels: their class changed
};

struct SegmentationModelInfo : SegmenterInfo {
    std::filesystem::path file;
    std::string weightsHash;  ///< SHA-256 of the weight file
};

/// A network that segments as a use case. Owns it. The same request gives the same answer. Thread:
/// one at a time.
class SegmentationSession {
public:
    /// Errors: NotFound, BadFormat (naming the key), Unsupported; each names the file.
    static Result<SegmentationSession> open(const std::filesystem::path& weights);
    /// models/segmentation-VARIANT.safetensors
    static std::filesystem::path defaultModel(const std::string& variant = kDefaultSegmentationModel);
    /// Initial weights: to measure with, there is no sense in its answers. `size`: pixels a side. Seed: the
    /// weights'. Errors: InvalidArgument.
    static Result<SegmentationSession> untrained(const SegmentationNetOptions& options,
                                                 int size,
                                                 std::uint64_t seed);
    SegmentationSession(SegmentationSession&&) noexcept;
    SegmentationSession& operator=(SegmentationSession&&) noexcept;
    virtual ~SegmentationSession();

    virtual const SegmentationModelInfo& info() const;

    /// A sample as it comes, by its number; before its parts the first one comes as drawn at once, too.
    /// Returns whether to go on.
    using SampleCallback = std::function<bool(int index, const LabelMap& labels)>;
    /// A sweep, or a part, that is done, before its samples come. Returns whether to go on.
    using SweepCallback = std::function<bool(const SegmentationSweep& sweep)>;
    /// Errors: InvalidArgument (an empty image, maps of another size, unknown labels, too many samples,
    /// observed labels for a model without recognition network), NonFinite. Stops: when a callback says so;
    /// the result holds what there is, one sample at least.
    virtual Result<SegmentationResult> segment(const SegmentationRequest& request,
                                               const SampleCallback& onSample = {},
                                               const SweepCallback& onSweep = {});
    /// Says whether to go on.
    using KeepGoing = std::function<bool()>;
    /// The latent path from one of the request's samples to another, ends included. Errors: as above.
    /// Stops: when `keepGoing` returns false; the path ends there.
    virtual Result<std::vector<LabelMap>> interpolate(
        const SegmentationRequest& request, int from, int to, int count, const KeepGoing& keepGoing = {});
    /// How much each latent channel says about the request's first samples: KL(q || p) in nats. Errors: as
    /// above; InvalidArgument (no recognition network). Stops: between networks and between sweeps when
    /// `keepGoing` says so; there is no answer then.
    virtual Result<std::optional<std::vector<double>>> channelActivity(const SegmentationRequest& request,
                                                                       const KeepGoing& keepGoing = {});

protected:
    SegmentationSession();  ///< for one that answers by other means

private:
    struct Network;
    explicit SegmentationSession(std::unique_ptr<Network> network);
    std::unique_ptr<Network> m_network;
};

}  // namespace vitrine
