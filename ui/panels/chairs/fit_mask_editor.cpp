// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/fit_mask_editor.h"

#include <QButtonGroup>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/elided_label.h"
#include "ui/shell/theme.h"
#include "ui/views/brush_size_slider.h"
#include "ui/views/label_paint.h"
#include "ui/views/mask_canvas.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kToolsWidth = 272, kMinToolsWidth = 180;
constexpr int kLowEditor = 220;  ///< below it the tools need the title's room
constexpr std::uint8_t kChairMark = 1;
constexpr double kMarkOpacity = 0.5;  ///< what is marked can be seen, and its edges followed
constexpr double kBrushStep = 1.25;
constexpr std::size_t kMostSteps = 100;

/// Whatever is not the chair becomes `rest`.
LabelMap chairAnd(std::uint8_t rest, LabelMap map) {
    for (std::uint8_t& label : map.pixels) label = label == kChairMark ? kChairMark : rest;
    return map;
}

/// Keys that the window would take for commands of the panel.
bool isEditorsKey(const QKeyEvent& event) {
    if (event.matches(QKeySequence::Undo) || event.matches(QKeySequence::Redo)) return true;
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier)) return false;
    static const QList<int> kKeys{
        Qt::Key_BracketLeft, Qt::Key_BracketRight, Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Minus, Qt::Key_0};
    return kKeys.contains(event.key());
}

QPushButton* makeMaskButton(const QString& id, const QString& text, const QString& tip, QWidget* parent) {
    auto* button = new QPushButton(text, parent);
    button->setObjectName(id);
    button->setAccessibleName(text);
    button->setToolTip(tip);
    return button;
}

QHBoxLayout* rowOf(const QList<QWidget*>& widgets) {
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGap);
    for (QWidget* widget : widgets) row->addWidget(widget);
    return row;
}

}  // namespace

FitMaskEditor::FitMaskEditor(QWidget* parent) : QWidget(parent) {
    setObjectName(u"chairs.fitMask"_s);
    buildLayout();
    connect(m_canvas, &MaskCanvas::strokeFinished, this, [this] { keep(m_canvas->marks().observed); });
    connect(m_canvas, &MaskCanvas::brushSizeChanged, m_size, &BrushSizeSlider::setPixels);
    connect(m_size, &BrushSizeSlider::chosen, m_canvas, &MaskCanvas::setBrushSize);
    connect(m_undo, &QToolButton::clicked, this, &FitMaskEditor::undo);
    connect(m_reset, &QPushButton::clicked, this, &FitMaskEditor::reset);
    connect(m_save, &QPushButton::clicked, this, &FitMaskEditor::savePressed);
    connect(m_close, &QPushButton::clicked, this, &FitMaskEditor::closePressed);
    connect(m_fit, &QPushButton::clicked, this, &FitMaskEditor::fitPressed);
    m_size->setPixels(m_canvas->brushSize());
}

void FitMaskEditor::buildLayout() {
    m_canvas = new MaskCanvas(this);
    m_canvas->setObjectName(u"chairs.fitMask.canvas"_s);
    m_canvas->setAccessibleName(tr("Picture with the mask of its chair"));
    m_canvas->setPaintedClass(kChairMark);
    m_canvas->setLabelOpacity(kMarkOpacity);
    m_title = new ElidedLabel(this);
    m_title->setObjectName(u"chairs.fitMask.title"_s);
    m_title->setFont(Theme::font(TextRole::Title));
    m_title->setTextFormat(Qt::PlainText);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(u"chairs.fitMask.scroll"_s);
    scroll->setAccessibleName(tr("Tools for the mask"));
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setMinimumHeight(0);
    scroll->setWidget(makeTools());
    scroll->viewport()->setAutoFillBackground(false);
    scroll->widget()->setAutoFillBackground(false);
    m_close = makeMaskButton(u"chairs.fitMask.close"_s, tr("Close"), {}, this);
    m_fit =
        makeMaskButton(u"chairs.fitMask.fit"_s, tr("Fit again"), tr("Fit the chair that is marked"), this);
    m_fit->setProperty("primary", true);

    auto* column = new QVBoxLayout;
    column->setSpacing(measure::kGap);
    column->addWidget(m_title);
    column->addWidget(scroll, 1);
    column->addLayout(rowOf({m_close, m_fit}));
    auto* side = new QWidget(this);
    side->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    side->setMinimumWidth(kMinToolsWidth);
    side->setMaximumWidth(kToolsWidth);
    side->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGroupGap);
    row->addWidget(m_canvas, 1);
    row->addWidget(side, 1);
}

QWidget* FitMaskEditor::makeTools() {
    auto* tools = new QWidget(this);
    m_hint = new QLabel(tools);
    m_hint->setObjectName(u"chairs.fitMask.hint"_s);
    m_hint->setFont(Theme::font(TextRole::Caption));
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    QToolButton* chair = makeTool(u"chairs.fitMask.chair"_s, tr("Chair"), u"brush"_s, tr("Paint the chair"));
    QToolButton* background = makeTool(u"chairs.fitMask.background"_s,
                                       tr("Background"),
                                       u"eraser"_s,
                                       tr("Paint the background; so does the right button"));
    for (QToolButton* tool : {chair, background}) tool->setCheckable(true);
    chair->setChecked(true);
    auto* group = new QButtonGroup(this);
    group->addButton(chair);
    group->addButton(background);
    connect(background, &QToolButton::toggled, this, [this](bool erases) {
        m_canvas->setTool(erases ? CanvasTool::Eraser : CanvasTool::Brush);
    });
    m_size = new BrushSizeSlider(u"chairs.fitMask.brushSize"_s,
                                 tr("Diameter of the brush in pixels of the picture; [ and ], or Alt and the "
                                    "wheel"),
                                 tools);
    m_undo =
        makeTool(u"chairs.fitMask.undo"_s, tr("Undo"), u"undo"_s, tr("Take back the last stroke (Ctrl+Z)"));
    m_undo->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_undo->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_reset = makeMaskButton(
        u"chairs.fitMask.reset"_s, tr("Reset"), tr("Back to the mask that was found in the picture"), tools);
    m_save = makeMaskButton(u"chairs.fitMask.save"_s,
                            tr("Save mask…"),
                            tr("The mask as a PNG, for vitrine-cli fit --mask"),
                            tools);
    auto* column = new QVBoxLayout(tools);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addWidget(m_hint);
    column->addLayout(rowOf({chair, background}));
    column->addWidget(m_size);
    column->addLayout(rowOf({m_undo, m_reset, m_save}));
    column->addStretch(1);
    return tools;
}

QToolButton* FitMaskEditor::makeTool(const QString& id,
                                     const QString& text,
                                     const QString& icon,
                                     const QString& tip) {
    auto* tool = new QToolButton(this);
    tool->setObjectName(id);
    tool->setAccessibleName(text);
    tool->setText(text);
    tool->setToolTip(tip);
    tool->setIcon(Theme::icon(icon));
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tool->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    tool->setFocusPolicy(Qt::TabFocus);
    return tool;
}

void FitMaskEditor::setFound(const QString& name, const ShownMask& found) {
    m_found = found;
    m_title->setText(tr("Mask of %1").arg(name));
    m_canvas->setImage(found.picture);
    m_canvas->fit();
    m_history = {chairAnd(kUnknownLabel, found.mask)};
    m_step = 0;
    showMarks();
}

void FitMaskEditor::setHint(const QString& sentence) {
    m_hint->setText(sentence);
}

void FitMaskEditor::setCloseText(const QString& text) {
    m_close->setText(text);
    m_close->setAccessibleName(text);
}

void FitMaskEditor::setFitText(const QString& text) {
    m_fit->setText(text);
    m_fit->setAccessibleName(text);
}

ShownMask FitMaskEditor::corrected() const {
    return {m_found.picture, chairAnd(0, marks()), m_found.fileSize};
}

/// As a step of undo, unless nothing is different.
void FitMaskEditor::keep(const LabelMap& marks) {
    if (marks == this->marks()) return;
    m_history.resize(m_step + 1);
    m_history.push_back(marks);
    if (m_history.size() > kMostSteps) m_history.erase(m_history.begin());
    m_step = m_history.size() - 1;
    showMarks();
}

void FitMaskEditor::undo() {
    if (m_step > 0) --m_step;
    showMarks();
}

void FitMaskEditor::redo() {
    m_step = std::min(m_step + 1, m_history.size() - 1);
    showMarks();
}

void FitMaskEditor::reset() {
    keep(chairAnd(kUnknownLabel, m_found.mask));
}

void FitMaskEditor::showMarks() {
    const LabelMap& shown = marks();
    m_canvas->setMarks({LabelMap(shown.width, shown.height), shown});
    const int numMarked = countOf(shown, kChairMark);
    m_canvas->setAccessibleDescription(
        tr("%1 % marked as chair")
            .arg(100.0 * numMarked / double(std::max<std::size_t>(1, shown.pixels.size())), 0, 'f', 0));
    m_undo->setEnabled(m_step > 0);
    m_reset->setEnabled(shown != chairAnd(kUnknownLabel, m_found.mask));
    m_save->setEnabled(numMarked > 0);
    m_fit->setEnabled(numMarked > 0);
}

void FitMaskEditor::resizeEvent(QResizeEvent*) {
    m_title->setVisible(height() >= kLowEditor);
}

bool FitMaskEditor::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isEditorsKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void FitMaskEditor::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Undo)) return undo();
    if (event->matches(QKeySequence::Redo)) return redo();
    if (event->key() == Qt::Key_BracketLeft)
        return m_canvas->setBrushSize(m_canvas->brushSize() / kBrushStep);
    if (event->key() == Qt::Key_BracketRight)
        return m_canvas->setBrushSize(m_canvas->brushSize() * kBrushStep);
    QWidget::keyPressEvent(event);
}

}  // namespace vitrine
