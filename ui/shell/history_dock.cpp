// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/history_dock.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QUndoView>
#include <utility>

#include "ui/shell/theme.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

/// The first row is the state before all steps.
class StepDelegate : public QStyledItemDelegate {
public:
    StepDelegate(const UndoHistory& undo, HistoryDock::IconOfPanel iconOf, QObject* parent)
        : QStyledItemDelegate(parent), m_undo(undo), m_iconOf(std::move(iconOf)) {}

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        option->icon = m_iconOf(m_undo.panelAt(index.row() - 1));
        option->decorationSize = {16, 16};
        option->features |= QStyleOptionViewItem::HasDecoration;
    }

private:
    const UndoHistory& m_undo;
    HistoryDock::IconOfPanel m_iconOf;
};

}  // namespace

HistoryDock::HistoryDock(UndoHistory& undo, IconOfPanel iconOf, QWidget* parent)
    : QDockWidget(tr("History"), parent), m_undo(undo), m_index(undo.index()) {
    setObjectName(u"history"_s);
    setAllowedAreas(Qt::BottomDockWidgetArea | Qt::RightDockWidgetArea);
    setTitleBarWidget(buildTitle());
    m_view = new QUndoView(&undo, this);
    m_view->setObjectName(u"history.steps"_s);
    m_view->setAccessibleName(tr("Steps of undo"));
    m_view->setEmptyLabel(tr("Start"));
    m_view->setItemDelegate(new StepDelegate(undo, std::move(iconOf), m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMinimumSize(200, 72);
    setWidget(m_view);
    connect(&undo, &UndoHistory::indexChanged, this, [this](int index) {
        const int before = std::exchange(m_index, index);
        if (index != before && m_view->hasFocus())
            Q_EMIT wentTo(index < before ? m_undo.redoPanel() : m_undo.undoPanel());
    });
}

QWidget* HistoryDock::buildTitle() {
    auto* title = new QWidget(this);
    title->setProperty("surface", true);
    title->setAttribute(Qt::WA_StyledBackground);
    auto* close = new QToolButton(title);
    close->setObjectName(u"history.close"_s);
    close->setIcon(Theme::icon(u"close"_s));
    close->setIconSize({16, 16});
    close->setFixedSize(26, 26);
    close->setToolTip(tr("Close the history"));
    close->setAccessibleName(close->toolTip());
    close->setFocusPolicy(Qt::StrongFocus);
    connect(close, &QToolButton::clicked, this, &QDockWidget::close);
    auto* row = new QHBoxLayout(title);
    row->setContentsMargins(measure::kGroupGap, 4, measure::kGap, 4);
    row->addWidget(new QLabel(windowTitle(), title));
    row->addStretch(1);
    row->addWidget(close);
    return title;
}

}  // namespace vitrine
