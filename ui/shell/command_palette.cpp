// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/command_list.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kWidth = 560, kRows = 10, kTop = 64;
enum Role { IdRole = Qt::UserRole, PlaceRole, KeysRole };

/// The command at the left, its panel behind it, its keys at the right.
class CommandDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {0, measure::kRow};
    }

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const ThemeTokens& theme = Theme::current();
        const bool chosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (chosen) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.hover);
            painter->drawRoundedRect(option.rect, measure::kRadius, measure::kRadius);
        }
        const QRect row = option.rect.adjusted(measure::kGap, 0, -measure::kGap, 0);
        const QString text = index.data().toString();
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        painter->setFont(Theme::font(TextRole::Body));
        painter->setPen(enabled ? theme.text : theme.muted);
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignLeft, text);
        const int after = painter->fontMetrics().horizontalAdvance(text) + measure::kGap;
        painter->setFont(Theme::font(TextRole::Caption));
        painter->setPen(theme.muted);
        painter->drawText(
            row.adjusted(after, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, index.data(PlaceRole).toString());
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, index.data(KeysRole).toString());
        painter->restore();
    }
};

}  // namespace

CommandPalette::CommandPalette(const ActionRegistry& actions,
                               std::function<void(const QString& id)> run,
                               QWidget* window)
    : QFrame(window), m_actions(actions), m_run(std::move(run)) {
    setObjectName(u"palette"_s);
    setProperty("overlay", true);
    m_letters = new QLineEdit(this);
    m_letters->setObjectName(u"palette.letters"_s);
    m_letters->setAccessibleName(tr("Command"));
    m_letters->setPlaceholderText(tr("Type a few letters of a command"));
    m_letters->installEventFilter(this);
    m_model = new QStandardItemModel(this);
    m_list = new QListView(this);
    m_list->setObjectName(u"palette.list"_s);
    m_list->setAccessibleName(tr("Commands found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kGap, measure::kGap, measure::kGap, measure::kGap);
    column->addWidget(m_letters);
    column->addWidget(m_list);
    connect(m_letters, &QLineEdit::textChanged, this, &CommandPalette::showMatches);
    connect(m_list, &QListView::clicked, this, &CommandPalette::choose);
    window->installEventFilter(this);
    hide();
}

void CommandPalette::open() {
    m_before = window()->focusWidget();
    m_letters->clear();
    showMatches({});
    place();
    show();
    raise();
    m_letters->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::place() {
    const QSize window = parentWidget()->size();
    const int width = std::min(kWidth, window.width() - 2 * measure::kStageGap);
    const int height = measure::kRow * (kRows + 1) + 4 * measure::kGap;
    setGeometry(
        (window.width() - width) / 2, kTop, width, std::min(height, window.height() - kTop - measure::kGap));
}

// What the panel in front can do comes first; of the others, what matches best.
void CommandPalette::showMatches(const QString& letters) {
    struct Match {
        CommandLine line;
        int score = 0;
    };
    std::vector<Match> matches;
    for (const CommandLine& line : commandLines(m_actions)) {
        const int score =
            std::max(matchScore(line.text, letters), matchScore(line.place + u' ' + line.text, letters));
        if (score >= 0 && line.id != "help.palette"_L1) matches.push_back({line, score});
    }
    std::ranges::stable_sort(matches, [](const Match& a, const Match& b) {
        return std::pair(a.score, a.line.isHere) > std::pair(b.score, b.line.isHere);
    });
    m_model->clear();
    for (const Match& match : matches) {
        auto* item = new QStandardItem(match.line.text);
        item->setData(match.line.id, IdRole);
        item->setData(match.line.place, PlaceRole);
        item->setData(match.line.keys, KeysRole);
        item->setEnabled(match.line.isEnabled || !match.line.isHere);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
}

void CommandPalette::choose() {
    const QModelIndex chosen = m_list->currentIndex();
    if (!chosen.isValid() || !(chosen.flags() & Qt::ItemIsEnabled)) return;
    const QString id = chosen.data(IdRole).toString();
    close();
    m_run(id);
}

void CommandPalette::close() {
    hide();
    if (m_before) m_before->setFocus(Qt::OtherFocusReason);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize && isVisible()) place();
    if (watched != m_letters) return false;
    if (event->type() == QEvent::FocusOut) hide();
    if (event->type() == QEvent::ShortcutOverride)
        event->accept();  // keys are the palette's while it is open
    if (event->type() != QEvent::KeyPress) return false;
    const auto step = [this](int rows) {
        const int row = std::clamp(m_list->currentIndex().row() + rows, 0, m_model->rowCount() - 1);
        m_list->setCurrentIndex(m_model->index(row, 0));
        return true;
    };
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape:
            close();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose();
            return true;
        case Qt::Key_Down:
            return step(1);
        case Qt::Key_Up:
            return step(-1);
        case Qt::Key_PageDown:
            return step(kRows);
        case Qt::Key_PageUp:
            return step(-kRows);
        default:
            return false;
    }
}

}  // namespace vitrine
