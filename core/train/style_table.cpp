// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/style_table.h"

#include <algorithm>

#include "core/data/style_ids.h"
#include "core/render/chair_family.h"

namespace vitrine {

Result<StyleTable> StyleTable::make(std::span<const std::string> ids) {
    StyleTable table;
    std::vector<FamilyBetween> mixes;
    for (const std::string& id : ids) {
        if (const auto mix = familyBetween(id)) {
            mixes.push_back(*mix);
        } else if (mixes.empty()) {
            table.styles.push_back(id);
        } else {
            return Error{ErrorCode::InvalidArgument,
                         "The data set has " + id + " after chairs between two others; render it again."};
        }
    }
    const auto numStyles = std::int64_t(table.styles.size());
    table.weights = torch::zeros({std::int64_t(ids.size()), numStyles});
    table.weights.fill_diagonal_(1);
    auto weights = table.weights.accessor<float, 2>();
    for (std::size_t i = 0; i < mixes.size(); ++i)
        for (const auto& [number, weight] :
             {std::pair(mixes[i].from, 1 - mixes[i].share), std::pair(mixes[i].to, mixes[i].share)}) {
            const std::string id = familyId(number);
            const auto found = std::ranges::find(table.styles, id);
            if (found == table.styles.end())
                return Error{
                    ErrorCode::InvalidArgument,
                    "The data set has chairs between " + id + " and another, but not " + id + " itself."};
            weights[numStyles + std::int64_t(i)][found - table.styles.begin()] = weight;
        }
    return table;
}

}  // namespace vitrine
