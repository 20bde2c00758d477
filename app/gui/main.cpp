// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QScreen>
#include <QTimer>
#include <cstdio>
#include <cstdlib>

#include "app/gui/options.h"
#include "app/gui/platform_failure.h"
#include "app/gui/screenshot.h"
#include "app/passive_waiting.h"
#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "ui/bridge/model_card_service.h"
#include "ui/panel_kit/recipe_panel.h"
#include "ui/panels/panels.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/number_field.h"
#include "ui/shell/settings.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

bool hasScreen() {
    return std::getenv("QT_QPA_PLATFORM") || std::getenv("DISPLAY") || std::getenv("WAYLAND_DISPLAY");
}

void preparePlatform(const GuiOptions& options) {
    if (options.screenshot.isEmpty()) return;
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    setenv("QT_SCALE_FACTOR", QByteArray::number(options.scale).constData(), 1);
}

std::unique_ptr<Settings> openSettings(const GuiOptions& options) {
    if (!options.screenshot.isEmpty()) return Settings::transient();  // the same picture for everyone
    auto settings = Settings::forUser();
    if (options.resetSettings) settings->reset();
    return settings;
}

void applyTheme(MainWindow& window, const QString& name) {
    if (name.isEmpty()) return;
    Theme::instance().apply(themeChoiceFromString(name));
    window.services().actions.action(u"view.theme."_s + name)->setChecked(true);
}

/// False: what was asked for isn't there; the reason is on the message bar.
bool openWhatWasAsked(MainWindow& window, const GuiOptions& options) {
    bool ok = true;
    const auto check = [&](const Status& status) {
        if (status) return;
        window.services().messages.showError(status.error());
        ok = false;
    };
    if (!options.panel.isEmpty() && !window.showPanel(options.panel)) {
        check(Error{ErrorCode::NotFound, u"There is no panel called %1."_s.arg(options.panel).toStdString()});
    }
    if (!options.state.isEmpty()) check(window.loadStateFile(options.state));
    // Nothing waits for a window that is not shown yet.
    window.setFileOwnerReader(
        [owners = recipeOwners(window.panels())](const QString& file, const auto& done) {
            done(panelOfRecipe(file, owners));
        });
    window.openFiles(options.files);
    window.services().undo.clear();  // what the command line set is where the history begins
    return ok;
}

/// Once the window is there: what a crash left behind, and at the very first start the tour.
void welcome(MainWindow& window, bool isWell) {
    window.keepWorkIn(QString::fromStdU16String((dataFolder() / "sessions").u16string()));
    if (isWell && !window.services().settings.flag(u"tour/seen"_s, false)) window.startTour();
}

int runWindow(MainWindow& window, const GuiOptions& options) {
    const bool ok = openWhatWasAsked(window, options);
    openByRecipe(window);
    if (options.screenshot.isEmpty()) {
        if (!options.size.isValid()) window.fitInto(window.screen()->availableSize());
        window.show();
        QTimer::singleShot(0, &window, [&window, ok] { welcome(window, ok); });
        return QApplication::exec();
    }
    const Status written = ok ? writeScreenshot(window, options.screenshot)
                              : Status(Error{ErrorCode::InvalidArgument, "No screenshot was written."});
    if (written) return 0;
    std::fprintf(stderr, "vitrine: %s\n", written.error().message.c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    restartWithPassiveWaiting();
    int exitCode = 0;
    const auto options = parseGuiOptions(argc, argv, exitCode);
    if (!options) return exitCode;
    preparePlatform(*options);
    if (!hasScreen()) {
        std::fprintf(stderr,
                     "vitrine: there is no screen here (DISPLAY is not set); use vitrine-cli, or "
                     "--screenshot FILE.png\n");
        return 1;
    }
    explainPlatformFailures();
    QApplication app(argc, argv);
    platformIsThere();
    useOneNumberFormat();
    QCoreApplication::setApplicationName(u"vitrine"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(VITRINE_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Vitrine"_s);
    QGuiApplication::setDesktopFileName(u"org.vitrine.Vitrine"_s);

    QGuiApplication::setWindowIcon(Theme::appIcon());

    MainWindow window(openSettings(*options));
    PanelParts parts;
    parts.chairs.model = parts.units.model = parts.correspondence.model = options->model.toStdU16String();
    addPanels(window, std::move(parts));
    window.finish();
    ModelCardService cards;
    window.setModelCardReader(
        [&cards](const QString& weights, std::function<void(const ModelCardPage&)> done) {
            cards.read(weights, std::move(done));
        });
    applyTheme(window,
               options->theme.isEmpty() && !options->screenshot.isEmpty() ? u"dark"_s : options->theme);
    if (options->size.isValid()) window.resize(options->size);
    return runWindow(window, *options);
}
