// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/axis_labels.h"

#include "core/recipe/drawn_style.h"
#include "ui/panels/chairs/style_gallery_model.h"

namespace vitrine {

QStringList axisLabels(const RecipeAxis& axis,
                       const ChairPanelState& state,
                       const StyleGalleryModel& gallery,
                       const std::vector<std::string>& styleIds) {
    const ParameterInfo info = parameterInfo(state, axis.parameter);
    QStringList labels;
    for (double value : axis.values) {
        labels << (axis.parameter == kChairParameter
                       ? gallery.nameOf(QString::fromStdString(styleIdOf(int(value), styleIds)))
                       : info.text(value));
    }
    return labels;
}

QString axisTitle(const RecipeAxis& axis, const ChairPanelState& state) {
    return parameterInfo(state, axis.parameter).label;
}

}  // namespace vitrine
