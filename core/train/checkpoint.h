// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "core/train/optimiser.h"

namespace vitrine {

/// What a checkpoint says besides its tensors.
struct CheckpointInfo {
    std::int64_t step = 0;          ///< steps taken
    std::int64_t skippedSteps = 0;  ///< of them not taken, for a loss or gradient that was not finite
    std::uint64_t seed = 0;
    int threads = 0;        ///< bit-exact only with as many
    std::string precision;  ///< fp32 | bf16
    std::string dataHash;
    std::string
        configHash;  ///< SHA-256 of the configuration; for people, who may change what does not matter
};

using Metadata = std::map<std::string, std::string>;

/// Writes network, average and optimiser into FOLDER/state.safetensors, then reads it back to be sure.
/// Atomic. `network` says what the network is. Errors: NoSpace, Io, NonFinite: a broken network is never
/// saved.
Status saveCheckpoint(const std::filesystem::path& folder,
                      const torch::nn::Module& network,
                      const WeightAverage& average,
                      const Optimiser& optimiser,
                      const CheckpointInfo& info,
                      Metadata networkMetadata);

/// A checkpoint that was read and found whole.
struct Checkpoint {
    SafetensorsFile file;
    CheckpointInfo info;
    static Result<Checkpoint> read(const std::filesystem::path& folder);
    /// Fills network, average and optimiser. Errors: BadFormat naming the key.
    Status restore(torch::nn::Module& network, WeightAverage& average, Optimiser& optimiser) const;
};

/// Writes those parameters of a network that `isExported` accepts as a weight file in half precision, as the
/// explorers want it.
Status exportWeights(const std::filesystem::path& file,
                     const torch::nn::Module& network,
                     const std::function<bool(const std::string&)>& isExported,
                     const CheckpointInfo& info,
                     Metadata networkMetadata);

}  // namespace vitrine
