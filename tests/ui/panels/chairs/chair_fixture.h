// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <cmath>

#include "tests/support/toy_chairs.h"
#include "tests/ui/panels/panel_fixture.h"
#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/views/image_view.h"
#include "ui/views/style_track.h"

namespace vitrine {

/// A chairs panel on a toy network, with what the window would lend it.
class ChairFixture : public PanelFixture<ChairPanel> {
public:
    explicit ChairFixture(ChairPanelParts parts = {}) : PanelFixture(QStringLiteral("chairs")) {
        if (parts.model.empty()) parts.model = "toy.safetensors";
        parts.openModel = toyOpener(control);
        if (!parts.loadCatalogue) parts.loadCatalogue = [] { return toyCatalogue(); };
        parts.paintReal = realPainter ? realPainter : toyRealPainter();
        parts.paintThumbnail = parts.paintReal;
        parts.paintCompared = parts.paintReal;
        parts.thumbnailFolder = (folder.path() + QStringLiteral("/thumbnails")).toStdString();
        show(std::move(parts));
    }
    ~ChairFixture() {
        control->open();
        panel.reset();
    }

    ImageView* stage() const { return find<ImageView>("stage"); }
    StyleTrack* track() const { return find<StyleTrack>("styleSlider"); }
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

    std::shared_ptr<ToyControl> control = std::make_shared<ToyControl>();
    static inline RealChairPainter realPainter;  ///< for the next fixture
};

/// The fixture of one test function, which begins it with start().
class StartedChairFixture {
protected:
    void start(ChairPanelParts parts = {}) {
        m_it = std::make_unique<ChairFixture>(std::move(parts));
        m_it->panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_it->panel.get()));
        QTRY_VERIFY(m_it->panel->isSettled());
        QTRY_VERIFY(m_it->stageColor().isValid());
    }
    void end() {
        m_it.reset();
        ChairFixture::realPainter = {};
    }
    std::string slotId(int slot) const { return pureStyleOf(m_it->panel->state().slots[std::size_t(slot)]); }

    std::unique_ptr<ChairFixture> m_it;
};

}  // namespace vitrine
