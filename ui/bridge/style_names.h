// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace vitrine {

/// Where a style comes from.
enum class StyleGroup {
    Catalogue,  ///< real chairs, the user's own too
    Family,     ///< the parametric family
    Scans,
    New,  ///< drawn from the prior
    All
};

StyleGroup styleGroupOf(const QString& id);
/// "Family chair 12", "Scan 7" or "New chair 3"; other ids are their own names.
QString styleName(const QString& id);
/// The names of the catalogue's chairs, by id; empty where there is no catalogue. Thread: any but the GUI's.
QHash<QString, QString> catalogueNames();

}  // namespace vitrine
