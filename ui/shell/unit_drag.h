// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

class QMimeData;

namespace vitrine {

/// A unit of the chair generator on its way to another panel, with the value that it was given and the
/// largest that makes sense.
struct DraggedUnit {
    QString layer;
    int unit = 0;
    double value = 0;
    double largest = 1;
};

void addToDrag(QMimeData& mime, const DraggedUnit& unit);
/// Cheap: for while the pointer moves.
bool carriesUnit(const QMimeData& mime);
/// Nothing if the drag carries none.
std::optional<DraggedUnit> draggedUnit(const QMimeData& mime);

}  // namespace vitrine
