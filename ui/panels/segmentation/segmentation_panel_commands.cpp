// SPDX-License-Identifier: GPL-3.0-or-later
#include <QActionGroup>
#include <QRandomGenerator>
#include <algorithm>
#include <cmath>

#include "ui/panels/segmentation/segmentation_panel.h"
#include "ui/panels/segmentation/segmentation_presenter.h"
#include "ui/panels/segmentation/segmentation_stage.h"
#include "ui/shell/action_registry.h"
#include "ui/views/mask_canvas.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

Command command(const QString& id, const QString& group, const QString& text, const QString& icon, const QString& tip) {
    return {.id = u"segmentation."_s + id,
            .text = text,
            .icon = icon,
            .tip = tip,
            .context = u"segmentation"_s,
            .menu = u"Segmentation"_s,
            .group = group};
}

constexpr double kSizeStep = 1.25;
constexpr int kLeap = 10;  ///< steps
constexpr double kOpacityStep = 0.1;
constexpr int kMostSeed = 999'999;

}  // namespace

void SegmentationPanel::addCommands() {
    addFileCommands();
    addPaintCommands();
    addMaskCommands();
    addSampleCommands();
    addSweepCommands();
}

void SegmentationPanel::addPaintCommands() {
    auto* tools = new QActionGroup(this);
    const auto add = [this, tools](const QString& id,
                                   const QString& text,
                                   const QString& icon,
                                   const QString& tip,
                                   Qt::Key key,
                                   CanvasTool tool) {
        Command made = command(id, u"tool"_s, text, icon, tip);
        made.keys = {QKeySequence(key)};
        made.checkable = true;
        made.checked = tool == CanvasTool::Brush;
        made.handler = [this, tool](bool) { setTool(tool); };
        tools->addAction(services().actions.add(made));
    };
    add(u"brush"_s, tr("&Brush"), u"brush"_s, tr("Paint with a round brush"), Qt::Key_B, CanvasTool::Brush);
    add(u"eraser"_s, tr("&Eraser"), u"eraser"_s, tr("Take paint away; the right button does it, too"), Qt::Key_E,
        CanvasTool::Eraser);
    add(u"rectangle"_s, tr("&Rectangle"), u"rectangle"_s, tr("Paint a rectangle"), Qt::Key_R, CanvasTool::Rectangle);
    add(u"halfPlane"_s, tr("&Half-plane"), u"half-plane"_s,
        tr("Paint all that lies beyond where a drag begins, in the direction of the drag"), Qt::Key_H, CanvasTool::HalfPlane);
    add(u"polygon"_s, tr("&Polygon"), u"polygon"_s,
        tr("Click for each corner; the first corner, a double-click or Return close it"), Qt::Key_L, CanvasTool::Polygon);
    add(u"fill"_s, tr("&Fill"), u"fill"_s, tr("Paint all that is joined to a pixel and painted as it is"), Qt::Key_G, CanvasTool::Fill);
    const auto size = [this](const QString& id, const QString& text, const QList<QKeySequence>& keys, double factor) {
        Command made = command(id, u"tool"_s, text, {}, {});
        made.keys = keys;
        made.handler = [this, factor](bool) {
            MaskCanvas* canvas = m_stage->canvas();
            canvas->setBrushSize(canvas->brushSize() * factor);
        };
        services().actions.add(made);
    };
    const double leap = std::pow(kSizeStep, kLeap);
    size(u"smaller"_s, tr("&Smaller brush"), {Qt::Key_BracketLeft}, 1 / kSizeStep);
    size(u"larger"_s, tr("&Larger brush"), {Qt::Key_BracketRight}, kSizeStep);
    // Shift makes braces of the brackets on many keyboards, and leaves them on others.
    size(u"muchSmaller"_s, tr("Much smaller brush"), {Qt::Key_BraceLeft, Qt::SHIFT | Qt::Key_BracketLeft}, 1 / leap);
    size(u"muchLarger"_s, tr("Much larger brush"), {Qt::Key_BraceRight, Qt::SHIFT | Qt::Key_BracketRight}, leap);
    Command swap = command(u"swapTool"_s, u"tool"_s, tr("S&wap brush and eraser"), {}, {});
    swap.keys = {QKeySequence(Qt::Key_X)};
    swap.handler = [this](bool) {
        const bool brush = services().actions.action(u"segmentation.brush"_s)->isChecked();
        services().actions.action(brush ? u"segmentation.eraser"_s : u"segmentation.brush"_s)->trigger();
    };
    services().actions.add(swap);
}

void SegmentationPanel::setTool(CanvasTool tool) {
    m_stage->canvas()->setTool(tool);
}

void SegmentationPanel::addMaskCommands() {
    Command invert = command(u"invert"_s, u"mask"_s, tr("&Invert"), u"swap"_s, tr("Hide what is seen, show what is hidden"));
    invert.keys = {QKeySequence(Qt::Key_I)};
    invert.handler = [this](bool) {
        m_store->changeOnce(u"omission"_s, tr("Invert the omission"), [](SegmentationState& state) {
            for (std::uint8_t& hidden : state.marks.omission.pixels) hidden = hidden == 0 ? 1 : 0;
        });
    };
    services().actions.add(invert);
    Command clear = command(u"clear"_s, u"mask"_s, tr("&Clear"), u"trash"_s, tr("Nothing hidden, no label known"));
    clear.keys = {QKeySequence(Qt::CTRL | Qt::Key_Backspace)};
    clear.handler = [this](bool) {
        m_store->changeOnce(u"omission"_s, tr("Clear the marks"), [](SegmentationState& state) {
            std::ranges::fill(state.marks.omission.pixels, std::uint8_t(0));
            std::ranges::fill(state.marks.observed.pixels, kUnknownLabel);
        });
    };
    services().actions.add(clear);
}

void SegmentationPanel::addSampleCommands() {
    Command again = command(u"drawAgain"_s, u"samples"_s, tr("&Draw again"), u"shuffle"_s, tr("Other samples, with another seed"));
    again.keys = {QKeySequence(Qt::CTRL | Qt::Key_R)};
    again.handler = [this](bool) {
        m_store->changeOnce(u"seed"_s, tr("Draw again"), [](SegmentationState& state) {
            state.seed = quint64(QRandomGenerator::global()->bounded(1, kMostSeed));
            state.pinned.clear();
        });
    };
    services().actions.add(again);
    const auto cover = [this](const QString& id, const QString& text, Qt::Key key, double step) {
        Command made = command(id, u"samples"_s, text, {}, {});
        made.keys = {QKeySequence(key)};
        made.handler = [this, step](bool) {
            m_store->change(u"opacity"_s, tr("Change how labels cover"), [step](SegmentationState& state) {
                state.opacity = std::clamp(state.opacity + step, 0.0, 1.0);
            });
        };
        services().actions.add(made);
    };
    cover(u"fainter"_s, tr("&Fainter labels"), Qt::Key_Comma, -kOpacityStep);
    cover(u"stronger"_s, tr("S&tronger labels"), Qt::Key_Period, kOpacityStep);
}

void SegmentationPanel::addSweepCommands() {
    const auto add = [this](const QString& id,
                            const QString& text,
                            const QString& tip,
                            const QKeySequence& key,
                            void (SegmentationPresenter::*does)()) {
        Command made = command(id, u"sweeps"_s, text, {}, tip);
        made.keys = {key};
        made.handler = [this, does](bool) { (m_presenter->*does)(); };
        services().actions.add(made);
    };
    add(u"sweep"_s,
        tr("&One sweep"),
        tr("From the start, then one more each time"),
        QKeySequence(Qt::Key_S),
        &SegmentationPresenter::sweepOnce);
    add(u"sweepToEnd"_s,
        tr("To the &end"),
        tr("All sweeps at once"),
        QKeySequence(Qt::SHIFT | Qt::Key_S),
        &SegmentationPresenter::sweepToEnd);
    add(u"stopSweeps"_s,
        tr("S&top"),
        tr("End the inference now and look at what there is"),
        QKeySequence(Qt::SHIFT | Qt::Key_Escape),
        &SegmentationPresenter::stop);
}

void SegmentationPanel::togglePin(int sample) {
    m_store->changeOnce(u"pin"_s, tr("Pin a sample"), [sample](SegmentationState& state) {
        if (state.pinned.removeAll(sample) == 0) state.pinned << sample;
    });
}

void SegmentationPanel::addFileCommands() {
    const auto add = [this](const QString& id,
                            const QString& text,
                            const QString& icon,
                            const QString& tip,
                            const QKeySequence& key,
                            const std::function<void()>& handler) {
        Command made = command(id, u"0file"_s, text, icon, tip);
        if (!key.isEmpty()) made.keys = {key};
        made.handler = [handler](bool) { handler(); };
        services().actions.add(made);
    };
    add(u"open"_s, tr("&Open a picture…"), u"open"_s, tr("PNG or JPEG of any size"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
        [this] { askForPicture(); });
    add(u"openLabels"_s, tr("Open &known labels…"), {}, tr("Grey picture whose values are labels, 255 = not known: the samples follow them"),
        {}, [this] { askForLabels(false); });
    add(u"openTruth"_s, tr("Open the &truth…"), {}, tr("Grey picture of the true labels, to score against"), {},
        [this] { askForLabels(true); });
    add(u"openModel"_s, tr("Open a &network…"), {}, tr("A weight file of the recipes Structured predictor and Token predictor"), {}, [this] { askForModel(); });
    add(u"export"_s, tr("E&xport…"), u"export"_s, tr("Samples, mean, doubt and a sheet, into a folder"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), [this] { exportAnswer(); });
}

void SegmentationPanel::fillHeader() {
    const ActionRegistry& actions = services().actions;
    addHeaderAction(actions.action(u"segmentation.drawAgain"_s));
    setPrimaryAction(actions.action(u"segmentation.export"_s));
    for (const QString& id : {u"open"_s, u"openLabels"_s, u"openTruth"_s, u"openModel"_s, u"invert"_s, u"clear"_s})
        addOverflowAction(actions.action(u"segmentation."_s + id));
}

}  // namespace vitrine
