// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/checkpoint.h"

#include <charconv>

#include "core/nets/weights.h"

namespace vitrine {
namespace {

constexpr const char* kStateFile = "state.safetensors";
constexpr const char* kNetworkPrefix = "network.";
constexpr int kFormatVersion = 1;

Metadata withInfo(Metadata metadata, const CheckpointInfo& info) {
    metadata["format_version"] = std::to_string(kFormatVersion);
    metadata["step"] = std::to_string(info.step);
    metadata["skipped_steps"] = std::to_string(info.skippedSteps);
    metadata["seed"] = std::to_string(info.seed);
    metadata["threads"] = std::to_string(info.threads);
    metadata["precision"] = info.precision;
    metadata["data_hash"] = info.dataHash;
    metadata["config_hash"] = info.configHash;
    return metadata;
}

template <class Integer>
Status readInteger(const Metadata& metadata, const char* key, Integer& value) {
    const auto found = metadata.find(key);
    if (found != metadata.end()) {
        const auto* end = found->second.data() + found->second.size();
        const auto [next, error] = std::from_chars(found->second.data(), end, value);
        if (error == std::errc() && next == end) return {};
    }
    return Error{ErrorCode::BadFormat,
                 std::string("The checkpoint's metadata \"") + key + "\" is missing or not a number."};
}

std::string textOr(const Metadata& metadata, const char* key) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? std::string() : found->second;
}

}  // namespace

Status saveCheckpoint(const std::filesystem::path& folder,
                      const torch::nn::Module& network,
                      const WeightAverage& average,
                      const Optimiser& optimiser,
                      const CheckpointInfo& info,
                      Metadata networkMetadata) {
    TensorSet set;
    set.addParameters(network, torch::kFloat32, kNetworkPrefix);
    average.addState(set);
    optimiser.addState(set);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return Error{error == std::errc::no_space_on_device ? ErrorCode::NoSpace : ErrorCode::Io,
                     "Could not make the folder " + folder.string() + ": " + error.message() + "."};
    VITRINE_CHECK(
        writeSafetensors(folder / kStateFile, set.views(), withInfo(std::move(networkMetadata), info)));
    const auto written = SafetensorsFile::read(folder / kStateFile);
    if (written) return {};
    std::filesystem::remove_all(folder, error);
    return written.error();
}

Result<Checkpoint> Checkpoint::read(const std::filesystem::path& folder) {
    Checkpoint checkpoint;
    VITRINE_TRY(checkpoint.file, SafetensorsFile::read(folder / kStateFile));
    const auto& metadata = checkpoint.file.metadata();
    int version = 0;
    VITRINE_CHECK(readInteger(metadata, "format_version", version));
    if (version > kFormatVersion)
        return Error{ErrorCode::Unsupported,
                     "The checkpoint " + folder.string() +
                         " was written by a newer version of Vitrine; update to resume from it."};
    VITRINE_CHECK(readInteger(metadata, "step", checkpoint.info.step));
    VITRINE_CHECK(readInteger(metadata, "seed", checkpoint.info.seed));
    VITRINE_CHECK(readInteger(metadata, "threads", checkpoint.info.threads));
    if (metadata.contains("skipped_steps"))
        VITRINE_CHECK(readInteger(metadata, "skipped_steps", checkpoint.info.skippedSteps));
    checkpoint.info.precision = textOr(metadata, "precision");
    checkpoint.info.dataHash = textOr(metadata, "data_hash");
    checkpoint.info.configHash = textOr(metadata, "config_hash");
    return checkpoint;
}

Status Checkpoint::restore(torch::nn::Module& network, WeightAverage& average, Optimiser& optimiser) const {
    torch::NoGradGuard noGrad;
    for (const auto& parameter : network.named_parameters()) {
        const auto found = file.tensors().find(kNetworkPrefix + parameter.key());
        if (found == file.tensors().end() ||
            parameter.value().sizes() != at::IntArrayRef(found->second.shape))
            return Error{ErrorCode::BadFormat,
                         "The checkpoint does not hold \"" + parameter.key() + "\" in the expected shape."};
        parameter.value().copy_(tensorFromView(found->second));
    }
    VITRINE_CHECK(average.loadState(file));
    return optimiser.loadState(file);
}

Status exportWeights(const std::filesystem::path& file,
                     const torch::nn::Module& network,
                     const std::function<bool(const std::string&)>& isExported,
                     const CheckpointInfo& info,
                     Metadata networkMetadata) {
    TensorSet set;
    for (const auto& parameter : network.named_parameters())
        if (isExported(parameter.key()))
            set.add(parameter.key(), parameter.value().detach().to(torch::kFloat16));
    networkMetadata["licence"] = "GPL-3.0-or-later";
    return writeSafetensors(file, set.views(), withInfo(std::move(networkMetadata), info));
}

}  // namespace vitrine
