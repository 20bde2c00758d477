// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/chair_drag.h"

#include <QMimeData>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

const QString kNameFormat = u"application/x-vitrine-chair-name"_s;

}  // namespace

void addToDrag(QMimeData& mime, const DraggedChair& chair) {
    if (chair.picture.isNull()) return;
    mime.setImageData(chair.picture);
    mime.setData(kNameFormat, chair.name.toUtf8());
}

bool carriesChair(const QMimeData& mime) {
    return mime.hasFormat(kNameFormat) && mime.hasImage();
}

std::optional<DraggedChair> draggedChair(const QMimeData& mime) {
    if (!carriesChair(mime)) return std::nullopt;
    const auto picture = mime.imageData().value<QImage>();
    if (picture.isNull()) return std::nullopt;
    return DraggedChair{QString::fromUtf8(mime.data(kNameFormat)), picture};
}

}  // namespace vitrine
