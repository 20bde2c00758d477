// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

#include "core/base/image.h"

namespace vitrine {

/// Pictures in rows and columns with what stands at the axes, as it is written into files. Lists of labels
/// and titles may be empty.
struct SheetFigure {
    std::vector<Image> cells;  ///< [H, W, 3 or 4], all of one size
    int numColumns = 1;
    QStringList columnLabels, rowLabels;
    QString columnTitle, rowTitle;
};

/// A sheet with its labels painted above and to the left of the pictures. Shapes: [H, W, 3 or 4].
struct LabelledSheet {
    Image picture;
    int left = 0;  ///< pixels before the pictures, which stand there unchanged
    int top = 0;
};

/// Thread: any.
LabelledSheet paintSheet(const SheetFigure& figure);
/// Text stays text; a pixel of the pictures is 1/96 inch. Thread: any.
QByteArray sheetAsPdf(const SheetFigure& figure);
QByteArray sheetAsSvg(const SheetFigure& figure);

}  // namespace vitrine
