// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/paint_bar.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include "ui/shell/controls.h"
#include "ui/shell/theme.h"
#include "ui/views/brush_size_slider.h"
#include "ui/views/label_colors.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kOmission = -1;
constexpr int kMinWidth = 224, kWidthForSize = 336;

QIcon swatch(const QColor& color) {
    QPixmap pixmap(12, 12);
    pixmap.fill(color);
    return pixmap;
}

}  // namespace

PaintBar::PaintBar(const QList<QAction*>& tools, const QList<QAction*>& shapes, QWidget* parent)
    : QWidget(parent) {
    setObjectName(u"segmentation.paintBar"_s);
    setMinimumWidth(kMinWidth);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (QAction* tool : tools) {
        auto* button = new QToolButton(this);
        button->setObjectName(tool->objectName() + u".button"_s);
        button->setDefaultAction(tool);
        button->setAccessibleName(tool->iconText());
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    row->addWidget(makeShapeButton(shapes));
    row->addSpacing(measure::kGap);
    m_target = makeChoice(u"segmentation.target"_s, tr("What to paint"), {{tr("Omission"), kOmission}}, this);
    m_target->setToolTip(tr("Hide pixels from the network, or paint known labels"));
    m_target->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_target->setMinimumContentsLength(7);
    m_target->setMinimumWidth(m_target->minimumSizeHint().width());
    row->addWidget(m_target);
    m_size = new BrushSizeSlider(
        u"segmentation.brushSize"_s, tr("Diameter of the brush in pixels of the picture; [ and ]"), this);
    row->addWidget(m_size, 1);
    connect(m_size, &BrushSizeSlider::chosen, this, &PaintBar::brushSizeChosen);
    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        const int value = m_target->currentData().toInt();
        Q_EMIT targetChosen(value == kOmission ? std::nullopt : std::optional<int>(value));
    });
}

QToolButton* PaintBar::makeShapeButton(const QList<QAction*>& shapes) {
    auto* button = new QToolButton(this);
    button->setObjectName(u"segmentation.shape"_s);
    button->setFocusPolicy(Qt::TabFocus);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    auto* menu = new QMenu(button);
    menu->addActions(shapes);
    button->setMenu(menu);
    const auto show = [button](QAction* shape) {
        button->setDefaultAction(shape);
        button->setAccessibleName(shape->iconText());
    };
    show(shapes.first());
    for (QAction* shape : shapes)
        connect(shape, &QAction::toggled, button, [show, shape](bool isChosen) {
            if (isChosen) show(shape);
        });
    return button;
}

// In a narrow bar the keys [ and ] are left, and the ring that they change.
void PaintBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_size->setVisible(width() >= kWidthForSize);
}

void PaintBar::setClasses(const QStringList& names) {
    if (names == m_classes) return;
    m_classes = names;
    m_target->setCurrentIndex(0);  // a label of the old names is painted no more
    const QSignalBlocker blocker(m_target);
    while (m_target->count() > 1) m_target->removeItem(1);
    for (int label = 0; label < names.size(); ++label)
        m_target->addItem(swatch(label == 0 ? QColor(Qt::white) : classColor(label)),
                          tr("Known: %1").arg(names[label]),
                          label);
}

void PaintBar::setBrushSize(double pixels) {
    m_size->setPixels(pixels);
}

}  // namespace vitrine
