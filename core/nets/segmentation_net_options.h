// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// What is learned, and from which latents. Source: papers.md A3.
enum class SegmentationVariant {
    Cnn,    ///< the baseline alone
    Gdnn,   ///< a latent without noise: z = prior mean
    Gsnn,   ///< z ~ p(z|x), no KL
    Cvae,   ///< z ~ q(z|x, y), KL(q || p)
    Hybrid  ///< alpha CVAE + (1 - alpha) GSNN
};
/// "cnn", "gdnn", "gsnn", "cvae", "hybrid", in that order.
const std::vector<std::string>& segmentationVariantNames();
std::string nameOf(SegmentationVariant variant);
std::optional<SegmentationVariant> segmentationVariantFromName(const std::string& name);

/// Sizes and switches of a structured predictor. Source: papers.md A1, A2.
struct SegmentationNetOptions {
    SegmentationVariant variant = SegmentationVariant::Hybrid;
    std::int64_t numClasses = 2;
    bool multiScale = true;            ///< also predict at 1/4 and 1/2 of the size, from the CNN
    std::int64_t headKernel = 9;       ///< of the last convolutions: 9 in the paper, 5 in the released code
    bool recognitionSeesImage = true;  ///< qzxy, else qzy
    bool priorSeesImage = true;  ///< pzx, else pzy (the initial guess alone; needs the recurrent connection)
    bool predictionSeesImage = true;  ///< pyxz: CNN + generation; else pyz: generation alone
    bool recurrent = true;            ///< the CNN's guess goes into the prior
    double width = 1;                 ///< scales the maps of every layer
    bool batchNorm = false;  ///< of the hidden layers, while training; a network that is read is rid of it

    bool hasCnn() const { return variant == SegmentationVariant::Cnn || predictionSeesImage || recurrent; }
    bool hasLatent() const { return variant != SegmentationVariant::Cnn; }
    bool hasNoise() const { return hasLatent() && variant != SegmentationVariant::Gdnn; }
    bool hasRecognition() const {
        return variant == SegmentationVariant::Cvae || variant == SegmentationVariant::Hybrid;
    }
    /// The guess is softmax(factor x CNN logits): 2 where the prediction is a sum of two logits, of which the
    /// CNN's are one. Source: papers.md A2.
    double guessFactor() const { return predictionSeesImage ? 2 : 1; }
    std::int64_t maps(std::int64_t ofPaper) const;  ///< a layer's maps at this width
    std::int64_t latentMaps() const { return maps(32); }

    /// Errors: InvalidArgument saying which options do not go together.
    Status validate() const;
    /// Text for a weight file's metadata, and back. Errors: BadFormat naming the key, Unsupported.
    std::map<std::string, std::string> toMetadata() const;
    static Result<SegmentationNetOptions> fromMetadata(const std::map<std::string, std::string>& metadata);
    /// How many numbers a network of these sizes holds.
    std::int64_t numParameters() const;
};

/// Height and width of an image are a multiple of this; the latent has one place for each such square.
inline constexpr std::int64_t kLatentStride = 16;

}  // namespace vitrine
