// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "ui/panels/chairs/chair_panel_state.h"

namespace vitrine {

class StyleGalleryModel;

/// What stands at an axis: the chairs' names, or the values with their unit. `styleIds`: of the network.
QStringList axisLabels(const RecipeAxis& axis,
                       const ChairPanelState& state,
                       const StyleGalleryModel& gallery,
                       const std::vector<std::string>& styleIds);
/// "Azimuth", "A to B".
QString axisTitle(const RecipeAxis& axis, const ChairPanelState& state);

}  // namespace vitrine
