// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <optional>

#include "ui/panels/results/results_stage.h"

namespace vitrine {

/// A page of results for paper.
struct ResultDocument {
    QString pageTitle;
    ResultTable table;
    std::optional<MadeResult> made;
    QImage curves;  ///< null: the table is none of curves
};

/// The curves of a table in light colours; null if it has none. Thread: GUI.
QImage curvePictureOf(const ResultTable& table, const MadeResult* made);
/// A4, wide tables across. Thread: any.
QByteArray pdfOf(const ResultDocument& document);

}  // namespace vitrine
