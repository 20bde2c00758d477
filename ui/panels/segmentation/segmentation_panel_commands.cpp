// SPDX-License-Identifier: GPL-3.0-or-later
#include <QActionGroup>
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

constexpr double kSizeStep = 1.25;
constexpr int kLeap = 10;  ///< steps
constexpr double kOpacityStep = 0.1;

}  // namespace

void SegmentationPanel::addCommands() {
    addFileCommands();
    addPaintCommands();
    addMaskCommands();
    addSampleCommands();
    addSweepCommands();
}

void SegmentationPanel::addPaintCommands() {
    const QString group = u"tool"_s;
    auto* tools = new QActionGroup(this);
    const auto add = [&](const QString& id,
                         const QString& text,
                         const QString& icon,
                         const QString& tip,
                         Qt::Key key,
                         CanvasTool tool) {
        tools->addAction(addSwitch(
            command(id, group, text, icon, tip), {key}, tool == CanvasTool::Brush, [this, tool](bool) {
                m_stage->canvas()->setTool(tool);
            }));
    };
    add(u"brush"_s, tr("&Brush"), u"brush"_s, tr("Paint with a round brush"), Qt::Key_B, CanvasTool::Brush);
    add(u"eraser"_s,
        tr("&Eraser"),
        u"eraser"_s,
        tr("Erase paint; so does the right button"),
        Qt::Key_E,
        CanvasTool::Eraser);
    add(u"rectangle"_s,
        tr("&Rectangle"),
        u"rectangle"_s,
        tr("Paint a rectangle"),
        Qt::Key_R,
        CanvasTool::Rectangle);
    add(u"halfPlane"_s,
        tr("&Half-plane"),
        u"half-plane"_s,
        tr("Paint everything beyond the start of a drag, in its direction"),
        Qt::Key_H,
        CanvasTool::HalfPlane);
    add(u"polygon"_s,
        tr("&Polygon"),
        u"polygon"_s,
        tr("Click each corner; the first corner, a double-click or Return closes the polygon"),
        Qt::Key_L,
        CanvasTool::Polygon);
    add(u"fill"_s,
        tr("&Fill"),
        u"fill"_s,
        tr("Paint the connected area that a pixel belongs to"),
        Qt::Key_G,
        CanvasTool::Fill);
    const auto size =
        [&](const QString& id, const QString& text, const QList<QKeySequence>& keys, double factor) {
            addCommand(command(id, group, text), keys, [this, factor] {
                MaskCanvas* canvas = m_stage->canvas();
                canvas->setBrushSize(canvas->brushSize() * factor);
            });
        };
    const double leap = std::pow(kSizeStep, kLeap);
    size(u"smaller"_s, tr("&Smaller brush"), {Qt::Key_BracketLeft}, 1 / kSizeStep);
    size(u"larger"_s, tr("&Larger brush"), {Qt::Key_BracketRight}, kSizeStep);
    // Shift makes braces of the brackets on many keyboards, and leaves them on others.
    size(u"muchSmaller"_s,
         tr("Much smaller brush"),
         {Qt::Key_BraceLeft, Qt::SHIFT | Qt::Key_BracketLeft},
         1 / leap);
    size(u"muchLarger"_s,
         tr("Much larger brush"),
         {Qt::Key_BraceRight, Qt::SHIFT | Qt::Key_BracketRight},
         leap);
    addCommand(command(u"swapTool"_s, group, tr("S&wap brush and eraser")), {Qt::Key_X}, [this] {
        action(action(u"brush"_s)->isChecked() ? u"eraser"_s : u"brush"_s)->trigger();
    });
}

void SegmentationPanel::addMaskCommands() {
    addCommand(
        command(
            u"invert"_s, u"mask"_s, tr("&Invert"), u"swap"_s, tr("Hide what is seen, show what is hidden")),
        {Qt::Key_I},
        [this] {
            m_store->changeOnce(u"omission"_s, tr("Invert the omission"), [](SegmentationState& state) {
                for (std::uint8_t& hidden : state.marks.omission.pixels) hidden = hidden == 0 ? 1 : 0;
            });
        });
    addCommand(
        command(u"clear"_s, u"mask"_s, tr("&Clear"), u"trash"_s, tr("Remove omissions and known labels")),
        {Qt::CTRL | Qt::Key_Backspace},
        [this] {
            m_store->changeOnce(u"omission"_s, tr("Clear the marks"), [](SegmentationState& state) {
                std::ranges::fill(state.marks.omission.pixels, std::uint8_t(0));
                std::ranges::fill(state.marks.observed.pixels, kUnknownLabel);
            });
        });
}

void SegmentationPanel::addSampleCommands() {
    const QString group = u"samples"_s;
    addDrawAgain(group);
    const auto cover = [&](const QString& id, const QString& text, Qt::Key key, double step) {
        addCommand(command(id, group, text), {key}, [this, step] {
            m_store->change(u"opacity"_s, tr("Change the label opacity"), [step](SegmentationState& state) {
                state.opacity = std::clamp(state.opacity + step, 0.0, 1.0);
            });
        });
    };
    cover(u"fainter"_s, tr("&Fainter labels"), Qt::Key_Comma, -kOpacityStep);
    cover(u"stronger"_s, tr("S&tronger labels"), Qt::Key_Period, kOpacityStep);
}

void SegmentationPanel::addSweepCommands() {
    const QString group = u"sweeps"_s;
    addCommand(
        command(u"sweep"_s, group, tr("&One sweep"), {}, tr("The first sweep, then one more each time")),
        {Qt::Key_S},
        [this] { m_presenter->sweepOnce(); });
    addCommand(
        command(u"sweepToEnd"_s, group, tr("Run &all sweeps"), {}, tr("Run iterative inference to the end")),
        {Qt::SHIFT | Qt::Key_S},
        [this] { m_presenter->sweepToEnd(); });
    addCommand(
        command(
            u"stopSweeps"_s, group, tr("S&top"), {}, tr("Stop the inference and show the current answer")),
        {Qt::SHIFT | Qt::Key_Escape},
        [this] { m_presenter->stop(); });
}

void SegmentationPanel::addFileCommands() {
    const QString group = u"0file"_s;
    const auto add = [&](const QString& id, const QString& text, const QString& tip, auto handler) {
        addCommand(command(id, group, text, {}, tip), {}, handler);
    };
    addCommand(command(u"open"_s, group, tr("&Open a picture…"), u"open"_s, tr("PNG or JPEG of any size")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_O},
               [this] { askForPicture(); });
    add(u"openLabels"_s,
        tr("Open &known labels…"),
        tr("Grey picture whose values are labels, 255 = unknown; samples follow the labels"),
        [this] { askForLabels(false); });
    add(u"openTruth"_s,
        tr("Open ground &truth…"),
        tr("Grey picture of the true labels, to score against"),
        [this] { askForLabels(true); });
    add(u"openModel"_s,
        tr("Open a &network…"),
        tr("A weight file of a structured predictor or a token predictor"),
        [this] { askForWeights(m_parts.models); });
    addCommand(command(u"export"_s,
                       group,
                       tr("E&xport…"),
                       u"export"_s,
                       tr("Samples, mean, uncertainty and a sheet, into a folder")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
               [this] { exportAnswer(); });
}

}  // namespace vitrine
