// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>

#include "core/nets/chair_generator.h"
#include "core/train/optimiser.h"

namespace vitrine {

/// What a checkpoint says besides its tensors.
struct CheckpointInfo {
    std::int64_t step = 0;        ///< steps taken
    std::uint64_t seed = 0;
    int threads = 0;              ///< bit-exact only with as many
    std::string precision;        ///< fp32 | bf16
    std::string dataHash;
};

/// Writes network, average and optimiser into FOLDER/state.safetensors, then reads it back to be sure. Atomic.
/// Errors: Io (full disk), NonFinite: a broken network is never saved.
Status saveCheckpoint(const std::filesystem::path& folder, const ChairGenerator& network, const WeightAverage& average,
                      const Optimiser& optimiser, const CheckpointInfo& info);

/// A checkpoint that was read and found whole.
struct Checkpoint {
    SafetensorsFile file;
    CheckpointInfo info;
    ChairGeneratorOptions options;
    static Result<Checkpoint> read(const std::filesystem::path& folder);
    /// Fills network, average and optimiser of the same options.
    Status restore(ChairGenerator& network, WeightAverage& average, Optimiser& optimiser) const;
};

/// Writes a network as a weight file in half precision, as the box and the explorers want it.
Status exportWeights(const std::filesystem::path& file, const ChairGenerator& network, const CheckpointInfo& info,
                     std::span<const std::string> styleIds);

}  // namespace vitrine
