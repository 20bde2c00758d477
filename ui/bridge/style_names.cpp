// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/style_names.h"

#include "core/data/chair_catalogue.h"
#include "core/data/style_ids.h"
#include "core/recipe/drawn_style.h"
#include "core/render/chair_family.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

const QString kScanPrefix = u"scan-"_s;

/// The number of "scan-NNN"; -1 for other ids.
int scanNumber(const QString& id) {
    bool isNumber = false;
    const int number = id.startsWith(kScanPrefix) ? id.sliced(kScanPrefix.size()).toInt(&isNumber) : -1;
    return isNumber ? number : -1;
}

}  // namespace

StyleGroup styleGroupOf(const QString& id) {
    if (isFamilyId(id.toStdString())) return StyleGroup::Family;
    if (drawnStyleSeed(id.toStdString())) return StyleGroup::New;
    return scanNumber(id) >= 0 ? StyleGroup::Scans : StyleGroup::Catalogue;
}

QString styleName(const QString& id) {
    switch (styleGroupOf(id)) {
        case StyleGroup::Family:
            return tr("Family chair %1").arg(*familyNumber(id.toStdString()));
        case StyleGroup::Scans:
            return tr("Scan %1").arg(scanNumber(id));
        case StyleGroup::New:
            return tr("New chair %1").arg(*drawnStyleSeed(id.toStdString()));
        case StyleGroup::Catalogue:
        case StyleGroup::All:
            break;
    }
    return id;
}

QHash<QString, QString> catalogueNames() {
    QHash<QString, QString> names;
    if (const auto catalogue = ChairCatalogue::loadDefault())
        for (const ChairEntry& entry : catalogue->entries())
            names.insert(QString::fromStdString(entry.id), QString::fromStdString(entry.name));
    return names;
}

}  // namespace vitrine
