// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/shared_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/data/style_ids.h"
#include "core/data/training_views.h"

namespace vitrine {

Result<std::vector<PackedView>> sharedViews(const PackedChairs& data,
                                            std::span<const std::string> modelIds,
                                            std::int64_t numModelStyles) {
    const bool isNamed = !modelIds.empty();
    if (!isNamed && std::int64_t(data.styleIds().size()) == numModelStyles) modelIds = data.styleIds();
    std::map<std::string_view, int> indexOf;
    for (std::size_t i = 0; i < modelIds.size(); ++i)
        if (!isTrainingOnly(modelIds[i])) indexOf.emplace(modelIds[i], int(i));
    std::vector<PackedView> views(data.views().begin(), data.views().end());
    bool isAnyShared = false;
    for (PackedView& view : views) {
        const auto found = indexOf.find(data.styleIds()[std::size_t(view.styleIndex)]);
        view.styleIndex = found == indexOf.end() ? -1 : found->second;
        isAnyShared |= view.styleIndex >= 0;
    }
    if (isAnyShared) return views;
    return Error{
        ErrorCode::InvalidArgument,
        isNamed
            ? "The model and the data set have no chair in common; evaluate the model on the chairs that it "
              "was trained on."
            : fmt::format("The model does not name its {} styles, and the data set holds {} chairs; evaluate "
                          "it on the set that it was trained on.",
                          numModelStyles,
                          data.styleIds().size())};
}

HeldOutSplit heldOutSplit(const PackedView& view) {
    return view.styleIndex % 4 == 3 ? HeldOutSplit::Validation : HeldOutSplit::Test;
}

}  // namespace vitrine
