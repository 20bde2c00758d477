// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "core/data/transfer_views.h"
#include "core/sessions/chair_session.h"

namespace vitrine {

/// A network, and which views of which chairs it was trained on.
struct TransferModel {
    ChairSession session;
    TransferViews views;

    bool isOf(const TransferViews& setting, SourceViews sources) const {
        return views.targetAzimuths == setting.targetAzimuths && views.targetsAt20 == setting.targetsAt20 &&
               views.sources == sources;
    }
    /// The class index of a chair; -1: the network does not know it.
    int styleOf(const std::string& id) const;
    /// A chair that it knows, at views. Shapes: [S, S, 4] premultiplied each. Errors: those of
    /// ChairSession::generate().
    Result<std::vector<Image>> draw(const std::string& id, const std::vector<ChairView>& views);
};

/// All weight files of a folder, by name. What a network was trained on stands in its metadata. Errors:
/// NotFound (no weight file), InvalidArgument (no training on knowledge transfer; other targets or another
/// size than the first), those of `open`.
Result<std::vector<TransferModel>> openTransferModels(
    const std::filesystem::path& folder,
    const std::function<Result<ChairSession>(const std::filesystem::path&)>& open);

}  // namespace vitrine
