// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/options.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

namespace vitrine {
namespace {

QString toQ(const std::string& text) {
    return QString::fromStdString(text);
}

std::string checkSize(const std::string& text) {
    int width = 0;
    int height = 0;
    char rest = 0;
    const bool two = std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) == 2;
    if (two && width >= 320 && height >= 240 && width <= 16384 && height <= 16384) return {};
    return text + " is not a size between 320x240 and 16384x16384, such as 1280x800";
}

QSize parseSize(const std::string& text) {
    int width = 0;
    int height = 0;
    return std::sscanf(text.c_str(), "%dx%d", &width, &height) == 2 ? QSize(width, height) : QSize();
}

struct Raw {
    std::vector<std::string> files;
    std::string panel, theme, screenshot, model, state, size;
};

void declare(CLI::App& app, Raw& raw, GuiOptions& options) {
    app.set_version_flag("--version", "vitrine " VITRINE_VERSION);
    app.add_option("FILE", raw.files, "Weight files, chairs, exported pictures or saved states to open");
    app.add_option("--panel", raw.panel, "Panel to start with, e.g. chairs");
    app.add_option("--size", raw.size, "Size of the window, e.g. 1280x800")->check(checkSize);
    app.add_option("--theme", raw.theme, "Theme of this session")
        ->check(CLI::IsMember({"dark", "light", "system"}));
    app.add_option("--model", raw.model, "Weight file instead of the bundled model");
    app.add_option("--state", raw.state, "Saved state to start from");
    app.add_option("--screenshot",
                   raw.screenshot,
                   "Write a picture of the window to this PNG file, then exit; needs no screen");
    app.add_option("--scale", options.scale, "Device pixels per pixel of the screenshot")
        ->check(CLI::Range(1.0, 4.0));
    app.add_flag("--reset-settings",
                 options.resetSettings,
                 "Forget window layout and choices; the old ones are kept as *.backup");
}

}  // namespace

std::optional<GuiOptions> parseGuiOptions(int argc, char** argv, int& exitCode) {
    CLI::App app("Vitrine: look inside deep structured models, and train them", "vitrine");
    Raw raw;
    GuiOptions options;
    declare(app, raw, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& outcome) {
        exitCode = app.exit(outcome) == 0 ? 0 : 2;
        return std::nullopt;
    }
    for (const std::string& file : raw.files) options.files << toQ(file);
    options.panel = toQ(raw.panel);
    options.theme = toQ(raw.theme);
    options.screenshot = toQ(raw.screenshot);
    options.model = toQ(raw.model);
    options.state = toQ(raw.state);
    options.size = parseSize(raw.size);
    return options;
}

}  // namespace vitrine
