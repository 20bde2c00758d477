// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nets/structured_predictor.h"

namespace vitrine {

class SafetensorsFile;

/// What the metadata of a structured predictor's weight file say beside its options.
struct StructuredWeightsInfo {
    StructuredPredictorOptions options;
    std::int64_t step = 0;
    std::int64_t imageSize = 0;           ///< pixels a side that it was trained at; 0 = not said
    std::vector<std::string> classNames;  ///< by label; may be empty
};

/// Keys: those of StructuredPredictorOptions, "step", "image_size", "classes" (names joined by commas).
/// Errors: BadFormat naming the key (also names that are not one for each class), Unsupported.
Result<StructuredWeightsInfo> structuredWeightsInfo(const std::map<std::string, std::string>& metadata);

/// The network of a weight file, in evaluation mode. Nothing is allocated before file and options agree.
/// Errors: BadFormat naming the key, Unsupported.
Result<StructuredPredictor> makeStructuredPredictor(const SafetensorsFile& file);

/// Whether a network fits data. Errors: InvalidArgument saying both numbers of classes.
Status checkClasses(const StructuredPredictorOptions& options, std::int64_t numClassesOfData);

}  // namespace vitrine
