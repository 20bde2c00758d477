// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/checkpoint.h"

#include <charconv>

#include "core/nets/weights.h"

namespace vitrine {
namespace {

constexpr const char* kStateFile = "state.safetensors";
constexpr const char* kNetworkPrefix = "network.";

std::map<std::string, std::string> metadataOf(const ChairGenerator& network, const CheckpointInfo& info) {
    auto metadata = network->options.toMetadata();
    metadata["format_version"] = "1";
    metadata["step"] = std::to_string(info.step);
    metadata["seed"] = std::to_string(info.seed);
    metadata["threads"] = std::to_string(info.threads);
    metadata["precision"] = info.precision;
    metadata["data_hash"] = info.dataHash;
    return metadata;
}

template <class Integer>
Status readInteger(const std::map<std::string, std::string>& metadata, const char* key, Integer& value) {
    const auto found = metadata.find(key);
    if (found != metadata.end()) {
        const auto* end = found->second.data() + found->second.size();
        const auto [next, error] = std::from_chars(found->second.data(), end, value);
        if (error == std::errc() && next == end) return {};
    }
    return Error{ErrorCode::BadFormat, std::string("The checkpoint's metadata \"") + key + "\" is missing or not a number."};
}

std::string textOr(const std::map<std::string, std::string>& metadata, const char* key) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? std::string() : found->second;
}

std::string joined(std::span<const std::string> texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : ",") + text;
    return all;
}

}  // namespace

Status saveCheckpoint(const std::filesystem::path& folder, const ChairGenerator& network, const WeightAverage& average,
                      const Optimiser& optimiser, const CheckpointInfo& info) {
    TensorSet set;
    set.addParameters(*network, torch::kFloat32, kNetworkPrefix);
    average.addState(set);
    optimiser.addState(set);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return Error{ErrorCode::Io, "Could not make the folder " + folder.string() + ": " + error.message() + "."};
    VITRINE_CHECK(writeSafetensors(folder / kStateFile, set.views(), metadataOf(network, info)));
    const auto written = SafetensorsFile::read(folder / kStateFile);
    if (written) return {};
    std::filesystem::remove_all(folder, error);
    return written.error();
}

Result<Checkpoint> Checkpoint::read(const std::filesystem::path& folder) {
    Checkpoint checkpoint;
    VITRINE_TRY(checkpoint.file, SafetensorsFile::read(folder / kStateFile));
    const auto& metadata = checkpoint.file.metadata();
    VITRINE_TRY(checkpoint.options, ChairGeneratorOptions::fromMetadata(metadata));
    int version = 0;
    VITRINE_CHECK(readInteger(metadata, "format_version", version));
    if (version > 1) return Error{ErrorCode::Unsupported, "The checkpoint " + folder.string() + " was written by a newer version of Vitrine; update to go on with it."};
    VITRINE_CHECK(readInteger(metadata, "step", checkpoint.info.step));
    VITRINE_CHECK(readInteger(metadata, "seed", checkpoint.info.seed));
    VITRINE_CHECK(readInteger(metadata, "threads", checkpoint.info.threads));
    checkpoint.info.precision = textOr(metadata, "precision");
    checkpoint.info.dataHash = textOr(metadata, "data_hash");
    return checkpoint;
}

Status Checkpoint::restore(ChairGenerator& network, WeightAverage& average, Optimiser& optimiser) const {
    torch::NoGradGuard noGrad;
    for (const auto& parameter : network->named_parameters()) {
        const auto found = file.tensors().find(kNetworkPrefix + parameter.key());
        if (found == file.tensors().end() || parameter.value().sizes() != at::IntArrayRef(found->second.shape))
            return Error{ErrorCode::BadFormat, "The checkpoint does not hold \"" + parameter.key() + "\" in the expected shape."};
        parameter.value().copy_(tensorFromView(found->second));
    }
    VITRINE_CHECK(average.loadState(file));
    return optimiser.loadState(file);
}

Status exportWeights(const std::filesystem::path& file, const ChairGenerator& network, const CheckpointInfo& info,
                     std::span<const std::string> styleIds) {
    TensorSet set;
    set.addParameters(*network, torch::kFloat16);
    auto metadata = metadataOf(network, info);
    metadata["classes"] = joined(styleIds);
    metadata["licence"] = "GPL-3.0-or-later";
    return writeSafetensors(file, set.views(), metadata);
}

}  // namespace vitrine
