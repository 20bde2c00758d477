// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

#include "core/base/image.h"

namespace vitrine {

/// Pictures to choose from, in as many columns as fit. `side`: of one, logical pixels.
QListWidget* makeThumbnailList(
    const QString& id, const QString& name, int side, int numRows, QWidget* parent);
/// `fine`: so many pixels for each pixel, for screens that have them.
void addThumbnail(QListWidget* list, const Image& picture, const QString& name, int fine = 1);

}  // namespace vitrine
