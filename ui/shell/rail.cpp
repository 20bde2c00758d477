// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include <QAction>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kEntryHeight = 60, kLowestEntry = 44;  // where a small window has many

/// Icon over word. The current one: accent, and a bar at the edge, so that it isn't told by colour alone.
class RailButton final : public QToolButton {
public:
    RailButton(QAction* action, QWidget* parent) : QToolButton(parent) {
        setDefaultAction(action);
        setObjectName(action->objectName() + ".rail"_L1);
        setAccessibleName(action->text().remove(u'&'));
        setFixedWidth(measure::kRail);
        setMinimumHeight(kLowestEntry);
        setMaximumHeight(kEntryHeight);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
        setFocusPolicy(Qt::StrongFocus);
        setFont(Theme::font(TextRole::Caption));
    }

    QSize sizeHint() const override { return {measure::kRail, kEntryHeight}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const ThemeTokens& tokens = Theme::current();
        const int above = (kEntryHeight - height()) / 2;  // cut off above and below
        const QRectF plate = QRectF(rect()).adjusted(6, 2, -6, -2);
        painter.setPen(Qt::NoPen);
        if (isDown() || underMouse()) {
            painter.setBrush(isDown() ? tokens.line : tokens.hover);
            painter.drawRoundedRect(plate, measure::kRadius, measure::kRadius);
        }
        if (isChecked()) {
            painter.setBrush(tokens.accent);
            painter.drawRoundedRect(QRectF(-2, 14 - above, 5, height() - 28 + 2 * above), 2, 2);
        }
        const QColor color = isChecked() ? tokens.accent : underMouse() ? tokens.text : tokens.muted;
        const QRect icon((width() - measure::kIcon) / 2, 11 - above, measure::kIcon, measure::kIcon);
        painter.drawPixmap(
            icon, Theme::pixmap(defaultAction()->icon().name(), color, measure::kIcon, devicePixelRatioF()));
        painter.setPen(isChecked() ? tokens.text : color);
        painter.drawText(QRect(0, 34 - above, width(), 18), Qt::AlignCenter, defaultAction()->iconText());
        if (!hasFocus()) return;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens.accent, 2));
        painter.drawRoundedRect(plate.adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
    }
};

}  // namespace

Rail::Rail(QWidget* parent) : QWidget(parent) {
    setObjectName(u"rail"_s);
    setFixedWidth(measure::kRail + 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, measure::kGap, 1, measure::kGap);
    column->setSpacing(0);
    m_panels = new QVBoxLayout;
    m_foot = new QVBoxLayout;
    column->addLayout(m_panels);
    column->addStretch(1);
    column->addLayout(m_foot);
}

void Rail::addPanelAction(QAction* action) {
    m_panels->addWidget(new RailButton(action, this));
}
void Rail::addFootAction(QAction* action) {
    m_foot->addWidget(new RailButton(action, this));
}

QAction* Rail::panelActionAt(const QPoint& position) const {
    for (int i = 0; i < m_panels->count(); ++i) {
        const auto* entry = qobject_cast<QToolButton*>(m_panels->itemAt(i)->widget());
        if (entry && entry->geometry().contains(position)) return entry->defaultAction();
    }
    return nullptr;
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().surface);
    painter.fillRect(width() - 1, 0, 1, height(), Theme::current().line);
}

}  // namespace vitrine
