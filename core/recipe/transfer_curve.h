// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/recipe/results_page.h"

namespace vitrine {

/// A method's squared error of unseen views, as `eval transfer` has measured it.
struct TransferCurve {
    ResultCurve byViews;              ///< over the number of given azimuths
    std::optional<double> elevation;  ///< given at 20 degrees, drawn at 30
};

/// Those of a page of docs/results, by the columns of `eval transfer`; empty: the page has no such table.
std::vector<TransferCurve> transferCurves(const ResultsPage& page);

}  // namespace vitrine
