// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/chair_styles.h"

#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"
#include "core/nets/weights.h"

namespace vitrine {

Status writeWithStyles(const std::filesystem::path& weightFile,
                       const std::function<bool(const std::string&)>& keeps,
                       const std::filesystem::path& out) {
    VITRINE_TRY(const SafetensorsFile weights, SafetensorsFile::read(weightFile));
    VITRINE_TRY(const ChairWeightsInfo info, chairWeightsInfo(weights.metadata()));
    std::vector<std::int64_t> kept;
    std::string ids;
    for (std::size_t i = 0; i < info.styleIds.size(); ++i) {
        if (!keeps(info.styleIds[i])) continue;
        kept.push_back(std::int64_t(i));
        ids += (ids.empty() ? "" : ",") + info.styleIds[i];
    }
    if (kept.empty())
        return Error{ErrorCode::InvalidArgument, "None of the styles to keep is in the weight file."};
    const auto indices = torch::tensor(kept, torch::kInt64);
    TensorSet set;
    for (const auto& [name, view] : weights.tensors()) {
        const auto tensor = tensorFromView(view);
        if (name == "style_mean" || name == "style_log_variance")
            set.add(name, tensor.index_select(0, indices));
        else if (name == "style.fc_1.weight" && info.options.styleDimensions == 0)
            set.add(name, tensor.index_select(1, indices));
        else
            set.add(name, tensor);
    }
    auto metadata = weights.metadata();
    for (const char* checksum : {"header_crc32", "data_crc32", "format_version"}) metadata.erase(checksum);
    metadata["num_styles"] = std::to_string(kept.size());
    metadata["classes"] = ids;
    return writeSafetensors(out, set.views(), metadata);
}

}  // namespace vitrine
