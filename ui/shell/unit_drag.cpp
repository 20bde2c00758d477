// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/unit_drag.h"

#include <QDataStream>
#include <QIODevice>
#include <QMimeData>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

const QString kMimeType = u"application/x-vitrine-unit"_s;

}  // namespace

void addToDrag(QMimeData& mime, const DraggedUnit& unit) {
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << unit.layer << unit.unit << unit.value << unit.largest;
    mime.setData(kMimeType, bytes);
}

bool carriesUnit(const QMimeData& mime) {
    return mime.hasFormat(kMimeType);
}

std::optional<DraggedUnit> draggedUnit(const QMimeData& mime) {
    QDataStream in(mime.data(kMimeType));
    DraggedUnit unit;
    in >> unit.layer >> unit.unit >> unit.value >> unit.largest;
    if (in.status() != QDataStream::Ok || unit.layer.isEmpty() || !(unit.largest > 0)) return {};
    return unit;
}

}  // namespace vitrine
