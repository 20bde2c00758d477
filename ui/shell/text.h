// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <filesystem>
#include <string>

namespace vitrine {

/// Translated text, outside QObjects (inside them their own tr() is found).
inline QString tr(const char* text) {
    return QCoreApplication::translate("Vitrine", text);
}

inline QString toQ(const std::string& text) {
    return QString::fromStdString(text);
}
inline QString toQ(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

}  // namespace vitrine
