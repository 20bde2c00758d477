// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/chair_styles.h"

#include <algorithm>
#include <map>
#include <vector>

#include "core/base/join.h"
#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

bool isOfStyles(const std::string& name) {
    return name == "style_mean" || name == "style_log_variance";
}

/// One-hot styles are the columns of this layer.
bool isOfOneHotStyles(const std::string& name, const ChairWeightsInfo& info) {
    return name == "style.fc_1.weight" && info.options.styleDimensions == 0;
}

using Metadata = std::map<std::string, std::string>;

Status writeStyles(const TensorSet& set,
                   Metadata metadata,
                   const std::vector<std::string>& ids,
                   const std::filesystem::path& out) {
    for (const char* checksum : {"header_crc32", "data_crc32", "format_version"}) metadata.erase(checksum);
    metadata["num_styles"] = std::to_string(ids.size());
    metadata["classes"] = joined(ids);
    return writeSafetensors(out, set.views(), metadata);
}

void addOrigin(Metadata& metadata,
               const std::string& id,
               const SafetensorsFile& from,
               const std::string& name) {
    std::string& taught = metadata["taught"];
    const bool isListed = ("," + taught + ",").find("," + id + ",") != std::string::npos;
    if (!isListed) taught += (taught.empty() ? "" : ",") + id;
    metadata["taught_from"] = from.hash();
    metadata["taught_from_name"] = name;
}

}  // namespace

Status writeWithStyles(const std::filesystem::path& weightFile,
                       const std::function<bool(const std::string&)>& keeps,
                       const std::filesystem::path& out) {
    VITRINE_TRY(const SafetensorsFile weights, SafetensorsFile::read(weightFile));
    VITRINE_TRY(const ChairWeightsInfo info, chairWeightsInfo(weights.metadata()));
    std::vector<std::int64_t> kept;
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < info.styleIds.size(); ++i) {
        if (!keeps(info.styleIds[i])) continue;
        kept.push_back(std::int64_t(i));
        ids.push_back(info.styleIds[i]);
    }
    if (kept.empty())
        return Error{ErrorCode::InvalidArgument, "None of the styles to keep is in the weight file."};
    const auto indices = torch::tensor(kept, torch::kInt64);
    TensorSet set;
    for (const auto& [name, view] : weights.tensors()) {
        const auto tensor = tensorFromView(view);
        if (isOfStyles(name))
            set.add(name, tensor.index_select(0, indices));
        else if (isOfOneHotStyles(name, info))
            set.add(name, tensor.index_select(1, indices));
        else
            set.add(name, tensor);
    }
    return writeStyles(set, weights.metadata(), ids, out);
}

Status writeWithAddedStyle(const std::filesystem::path& weightFile,
                           const std::string& id,
                           std::span<const float> mix,
                           const std::filesystem::path& out) {
    VITRINE_TRY(const SafetensorsFile weights, SafetensorsFile::read(weightFile));
    VITRINE_TRY(const ChairWeightsInfo info, chairWeightsInfo(weights.metadata()));
    if (std::int64_t(mix.size()) != info.options.numStyles || info.styleIds.empty())
        return Error{ErrorCode::Unsupported,
                     weightFile.filename().string() +
                         " does not name its styles, so that none can be added; choose another model."};
    std::vector<std::string> ids = info.styleIds;
    const bool isNew = std::ranges::find(ids, id) == ids.end();
    if (isNew) ids.push_back(id);
    const auto share = torch::tensor(at::ArrayRef<float>(mix.data(), mix.size()));
    TensorSet set;
    for (const auto& [name, view] : weights.tensors()) {
        auto tensor = tensorFromView(view).to(torch::kFloat32);
        if (isNew && isOfStyles(name))
            tensor = torch::cat({tensor, share.matmul(tensor).unsqueeze(0)}, 0);
        else if (isNew && isOfOneHotStyles(name, info))
            tensor = torch::cat({tensor, tensor.matmul(share).unsqueeze(1)}, 1);
        set.add(name, tensor);
    }
    Metadata metadata = weights.metadata();
    addOrigin(metadata, id, weights, weightFile.filename().string());
    return writeStyles(set, std::move(metadata), ids, out);
}

}  // namespace vitrine
