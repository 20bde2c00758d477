// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "tests/support/toy_chairs.h"
#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"
#include "ui/shell/shell_services.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo.h"
#include "ui/views/image_view.h"
#include "ui/views/style_track.h"

namespace vitrine {

/// A chairs panel on a toy network, with what the window would lend it.
class PanelFixture {
public:
    explicit PanelFixture(ChairPanelParts parts = {}) {
        if (parts.model.empty()) parts.model = "toy.safetensors";
        parts.openModel = toyOpener(control);
        if (!parts.loadCatalogue) parts.loadCatalogue = [] { return toyCatalogue(); };
        parts.paintReal = realPainter ? realPainter : toyRealPainter();
        parts.paintThumbnail = parts.paintReal;
        parts.thumbnailFolder = (folder.path() + QStringLiteral("/thumbnails")).toStdString();
        panel = std::make_unique<ChairPanel>(services, std::move(parts));
        panel->resize(1280, 800);
        panel->show();
    }
    ~PanelFixture() {
        control->open();
        panel.reset();
    }

    template <class T = QWidget>
    T* find(const char* name) const {
        T* found = panel->findChild<T*>(QString::fromLatin1(name));
        if (!found) qFatal("no widget named %s", name);
        return found;
    }
    void run(const char* action) {
        QAction* found = actions.action(QString::fromLatin1(action));
        if (!found) qFatal("no action named %s", action);
        found->trigger();
    }
    ImageView* stage() const { return find<ImageView>("chairs.stage"); }
    StyleTrack* track() const { return find<StyleTrack>("chairs.styleSlider"); }
    /// Null while there is no picture.
    QColor stageColor() const {
        return stage()->image().isNull() ? QColor() : stage()->image().pixelColor(3, 3);
    }
    QColor wantedColor() const {
        const auto requests = requestsOf(recipeOf(panel->state(), RecipeKind::Picture), kToyGaussianIds);
        return requests ? toyColor(requests->front()) : QColor();
    }
    QPoint onTrack(double value) const {
        return {int(std::lround(track()->positionOf(value))), track()->height() / 2};
    }
    void dragTrack(double from, double to) {
        QTest::mousePress(track(), Qt::LeftButton, Qt::ShiftModifier, onTrack(from));
        for (int i = 1; i <= 10; ++i) QTest::mouseMove(track(), onTrack(from + (to - from) * i / 10));
        QTest::mouseRelease(track(), Qt::LeftButton, {}, onTrack(to));
    }
    QString text(const char* label) const { return find<QLabel>(label)->text(); }

    QTemporaryDir folder;
    std::shared_ptr<ToyControl> control = std::make_shared<ToyControl>();
    static inline RealChairPainter realPainter;  ///< for the next fixture
    ActionRegistry actions;
    UndoHistory undo;
    std::unique_ptr<Settings> settings = Settings::transient();
    MessageBar messages;
    StatusBar status;
    ShellServices services{actions, undo, *settings, messages, status, {}};
    std::unique_ptr<ChairPanel> panel;
};

}  // namespace vitrine
