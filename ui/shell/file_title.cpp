// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/file_title.h"

namespace vitrine {

QString titleOf(const std::filesystem::path& file) {
    QString title = QString::fromStdString(file.stem().string()).replace(u'-', u' ');
    if (!title.isEmpty()) title[0] = title[0].toUpper();
    return title;
}

QString weightsTitle(const std::filesystem::path& file) {
    const QString stem = QString::fromStdString(file.stem().string());
    const QString folder = QString::fromStdString(file.parent_path().filename().string());
    return stem == QLatin1StringView("snapshot") ? folder + QStringLiteral(", ") + stem : stem;
}

}  // namespace vitrine
