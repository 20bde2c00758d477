// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/results_page.h"

namespace vitrine {

/// The pages of docs/results that the program was built with, in the order of their README and with its names
/// as titles.
std::vector<ResultsPage> bundledResults();
/// One of them, by the name of its file without suffix; empty where there is none.
ResultsPage bundledResultsPage(const char* name);

}  // namespace vitrine
