// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <optional>

class QMimeData;

namespace vitrine {

/// Drags of a style carry its id under this name.
inline constexpr auto kStyleMimeType = "application/x-vitrine-style";

/// A picture of a chair, as drags carry it.
struct DraggedChair {
    QString name;
    QImage picture;
};

/// Lets a drag be dropped where a picture is wanted, too. Nothing happens without a picture.
void addToDrag(QMimeData& mime, const DraggedChair& chair);
/// Cheap: for while the pointer moves.
bool carriesChair(const QMimeData& mime);
/// Nothing if the drag carries none.
std::optional<DraggedChair> draggedChair(const QMimeData& mime);

}  // namespace vitrine
