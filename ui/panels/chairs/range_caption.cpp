// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/range_caption.h"

#include <QEvent>
#include <QPainter>

#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kRowHeight = 31;
constexpr int kHeight = 13;

}  // namespace

RangeCaption::RangeCaption(LabeledSlider* slider)
    : QWidget(slider),
      m_slider(slider),
      m_track(slider->findChild<QWidget*>(slider->objectName() + u".slider"_s)) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    slider->setFixedHeight(kRowHeight);
    m_track->installEventFilter(this);
}

void RangeCaption::setRange(const QString& minimum, const QString& maximum) {
    m_minimum = minimum;
    m_maximum = maximum;
    m_track->setAccessibleDescription(tr("from %1 to %2").arg(minimum, maximum));
    update();
}

void RangeCaption::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QFont font = Theme::font(TextRole::Caption);
    font.setPointSizeF(8);
    painter.setFont(font);
    painter.setPen(Theme::current().muted);
    painter.drawText(rect(), int(Qt::AlignLeft | Qt::AlignVCenter), m_minimum);
    painter.drawText(rect(), int(Qt::AlignRight | Qt::AlignVCenter), m_maximum);
}

bool RangeCaption::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move) {
        setGeometry(m_track->x(), m_slider->height() - kHeight, m_track->width(), kHeight);
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace vitrine
