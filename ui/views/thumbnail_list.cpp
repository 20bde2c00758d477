// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/thumbnail_list.h"

#include "ui/views/image_convert.h"

namespace vitrine {
namespace {
constexpr int kThumbnailGap = 6;
}

QListWidget* makeThumbnailList(
    const QString& id, const QString& name, int side, int numRows, QWidget* parent) {
    const int cell = side + kThumbnailGap;
    auto* list = new QListWidget(parent);
    list->setObjectName(id);
    list->setAccessibleName(name);
    list->setViewMode(QListView::IconMode);
    list->setMovement(QListView::Static);
    list->setResizeMode(QListView::Adjust);
    list->setUniformItemSizes(true);
    list->setIconSize({side, side});
    list->setGridSize({cell, cell});
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setFixedHeight(numRows * cell + 4);
    return list;
}

void addThumbnail(QListWidget* list, const Image& picture, const QString& name, int fine) {
    const QImage image = toQImage(picture);
    auto* item =
        new QListWidgetItem(QIcon(QPixmap::fromImage(image.scaled(image.size() * fine))), QString(), list);
    item->setToolTip(name);
    item->setData(Qt::AccessibleTextRole, name);
}

}  // namespace vitrine
