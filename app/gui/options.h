// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>

namespace vitrine {

/// What the command line asks of the window.
struct GuiOptions {
    QStringList files;
    QString panel;
    QString theme;       ///< empty: as remembered
    QString screenshot;  ///< empty: a window for a user
    QString model;
    QString state;
    QSize size;        ///< invalid: as remembered
    double scale = 1;  ///< device pixels per logical pixel of the screenshot
    bool resetSettings = false;
};

/// Parses; prints help, version or what is wrong. Empty: leave with `exitCode`.
std::optional<GuiOptions> parseGuiOptions(int argc, char** argv, int& exitCode);

}  // namespace vitrine
