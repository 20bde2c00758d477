// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// "cnn", "gdnn", "gsnn", "cvae", "hybrid", "tokens", in that order.
const std::vector<std::string>& segmenterVariantNames();

/// What a weight file says of the network that segments, whichever kind it is.
struct SegmenterInfo {
    std::string variant;  ///< cnn | gdnn | gsnn | cvae | hybrid | tokens
    int size = 128;       ///< pixels a side
    int numClasses = 0;
    int numChannels = 0;         ///< of a Gaussian latent; 0 without one
    bool hasNoise = false;       ///< its samples differ
    bool takesObserved = false;  ///< follows labels that are known
    bool isAutoregressive =
        false;  ///< a Gaussian prior conditioned on known labels: samples can take several steps
    bool drawsTokens = false;  ///< a latent of tokens, drawn in steps
    bool multiScale = false;
    double noiseInjection = 0;  ///< that it was trained with; 0 = none, or not said
    std::int64_t numParameters = 0, step = 0, seed = 0;
    std::vector<std::string> classNames;  ///< one for each class
};

/// "class 3" where a class has no name.
std::vector<std::string> namesOfClasses(std::vector<std::string> names, int numClasses);

/// Errors: BadFormat naming the key, Unsupported (another network).
Result<SegmenterInfo> segmenterInfo(const std::map<std::string, std::string>& metadata);
/// The same of a weight file. Errors: those of reading it, and as above, naming the file.
Result<SegmenterInfo> segmenterInfo(const std::filesystem::path& file);

/// One channel of a Gaussian latent, held everywhere at the prior's mean + `deviations` standard deviations.
struct ForcedChannel {
    int channel = 0;
    double deviations = 0;
    bool operator==(const ForcedChannel&) const = default;
};

/// How samples are drawn.
struct SamplingOptions {
    std::uint64_t seed = 1;
    /// Of a Gaussian prior: times its standard deviation (Kingma and Dhariwal 2018). Of tokens: the
    /// temperature of each draw. 1 draws samples from the model, lower values favour likely answers.
    double temperature = 1;
    int numSamplingSteps = 1;    ///< where isAutoregressive: steps of a sample; see autoregressiveLogits()
    int numSteps = 12;           ///< tokens: steps of a sample
    int numSweeps = 20;          ///< a Gaussian latent with known labels: sweeps of iterative inference
    bool samplingSweeps = true;  ///< else means
    std::vector<ForcedChannel> forced;
};

}  // namespace vitrine
