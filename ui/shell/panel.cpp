// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <functional>

#include "ui/shell/elided_label.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

QVBoxLayout* tightColumn(QWidget* widget) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

QFrame* verticalLine(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setFixedWidth(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    return line;
}

/// A button whose command is disabled while it has the focus hands it to the panel: Space is not meant for
/// the next button.
template <class Button>
class HeaderButton : public Button {
public:
    explicit HeaderButton(QWidget* panel) : Button(panel), m_panel(panel) {}

protected:
    bool focusNextPrevChild(bool next) override {
        if (this->isEnabled()) return Button::focusNextPrevChild(next);
        m_panel->setFocus();
        return true;
    }

private:
    QWidget* m_panel;
};

QToolButton* actionButton(QAction* action, QWidget* panel) {
    auto* button = new HeaderButton<QToolButton>(panel);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + ".button"_L1);
    button->setAccessibleName(action->text().remove(u'&'));
    button->setIconSize({measure::kIcon, measure::kIcon});
    button->setFixedSize(32, 32);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void replaceContent(QWidget* slot, QWidget* content) {
    QLayout* layout = slot->layout();
    while (QLayoutItem* old = layout->takeAt(0)) {
        if (old->widget() && old->widget() != content) old->widget()->deleteLater();
        delete old;
    }
    if (content) layout->addWidget(content);
}

class Rows : public QSplitter {
public:
    explicit Rows(QWidget* parent) : QSplitter(Qt::Vertical, parent) {}
    std::function<void()> onResized;

protected:
    void resizeEvent(QResizeEvent* event) override {
        QSplitter::resizeEvent(event);
        if (onResized) onResized();
    }
};

}  // namespace

QStringList localFiles(const QMimeData& mime) {
    QStringList paths;
    for (const QUrl& url : mime.urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    return paths;
}

Panel::Panel(PanelInfo info, ShellServices& services, QWidget* parent)
    : QWidget(parent), m_info(std::move(info)), m_services(services) {
    setObjectName(m_info.id);
    setAccessibleName(m_info.title);
    setFocusPolicy(Qt::ClickFocus);  // a click beside the controls takes the focus from them
    buildLayout();
}

Panel::~Panel() = default;

Status Panel::openFile(const QString& path) {
    return Error{ErrorCode::Unsupported, tr("%1 can't open %2.").arg(m_info.title, path).toStdString()};
}

std::unique_ptr<QMimeData> Panel::handOver() const {
    return {};
}

void Panel::buildLayout() {
    m_stageSlot = new QWidget(this);
    tightColumn(m_stageSlot)
        ->setContentsMargins(measure::kStageGap, 0, measure::kStageGap, measure::kGroupGap);
    m_stageSlot->setMinimumSize(240, 160);
    m_stripSlot = new QWidget(this);
    m_stripSlot->setProperty("surface", true);
    m_stripSlot->setAttribute(Qt::WA_StyledBackground);
    m_stripSlot->setMinimumHeight(72);
    tightColumn(m_stripSlot);
    m_stripSlot->hide();

    auto* rows = new Rows(this);
    rows->onResized = [this] { shareRows(); };
    m_rows = rows;
    m_rows->setObjectName(m_info.id + ".rows"_L1);
    m_rows->setHandleWidth(1);
    m_rows->setChildrenCollapsible(false);
    m_rows->addWidget(m_stageSlot);
    m_rows->addWidget(m_stripSlot);
    m_rows->setStretchFactor(0, 1);
    m_rows->setStretchFactor(1, 0);
    connect(m_rows, &QSplitter::splitterMoved, this, [this] { m_isStripDragged = true; });

    auto* left = new QWidget(this);
    auto* column = tightColumn(left);
    column->addWidget(buildHeader());
    column->addWidget(m_rows, 1);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(left, 1);
    row->addWidget(buildInspector());
}

QWidget* Panel::buildHeader() {
    auto* header = new QWidget(this);
    header->setFixedHeight(measure::kHeader + measure::kGap);
    m_title = new QLabel(m_info.title, header);
    m_title->setFont(Theme::font(TextRole::Title));
    m_subtitle = new ElidedLabel(header);
    m_subtitle->setProperty("role", u"muted"_s);
    m_overflow = new QToolButton(header);
    m_overflow->setObjectName(m_info.id + ".more"_L1);
    m_overflow->setIcon(Theme::icon(u"more"_s));
    m_overflow->setIconSize({measure::kIcon, measure::kIcon});
    m_overflow->setFixedSize(32, 32);
    m_overflow->setToolTip(tr("More"));
    m_overflow->setAccessibleName(tr("More commands"));
    m_overflow->setFocusPolicy(Qt::StrongFocus);
    m_overflow->setPopupMode(QToolButton::InstantPopup);
    m_overflow->setMenu(new QMenu(m_overflow));
    m_overflow->hide();

    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(measure::kStageGap, 0, measure::kGroupGap, 0);
    row->setSpacing(measure::kGap);
    row->addWidget(m_title);
    row->addWidget(m_subtitle, 1);
    m_headerActions = new QHBoxLayout;
    m_headerActions->setSpacing(measure::kGap / 2);
    m_primarySlot = new QHBoxLayout;
    row->addLayout(m_headerActions);
    row->addLayout(m_primarySlot);
    row->addWidget(m_overflow);
    return header;
}

QWidget* Panel::buildInspector() {
    m_inspector = new QWidget(this);
    m_inspector->setFixedWidth(measure::kInspector);
    m_inspector->setProperty("surface", true);
    m_inspector->setAttribute(Qt::WA_StyledBackground);
    auto* scroll = new QScrollArea(m_inspector);
    scroll->setObjectName(m_info.id + ".inspector"_L1);
    scroll->setAccessibleName(tr("Inspector"));
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget(scroll);
    m_sectionsLayout = tightColumn(content);
    m_sectionsLayout->setContentsMargins(measure::kGap, measure::kGap, measure::kGap, measure::kGap);
    m_sectionsLayout->addStretch(1);
    scroll->setWidget(content);
    auto* row = new QHBoxLayout(m_inspector);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(verticalLine(m_inspector));
    row->addWidget(scroll, 1);
    m_inspector->hide();
    return m_inspector;
}

void Panel::setStage(QWidget* stage) {
    replaceContent(m_stageSlot, stage);
}

void Panel::setStrip(QWidget* strip, int height, double share) {
    m_stripHeight = height, m_stripShare = share;
    replaceContent(m_stripSlot, strip);
    m_stripSlot->setVisible(strip != nullptr);
    resetRows();
    m_stripSlot->resize(m_stripSlot->width(), height);
}

void Panel::resetRows() {
    constexpr int kAnyHeight = 10000;  // the splitter shares out what there is in this proportion
    m_isStripDragged = false;
    m_rows->setSizes({kAnyHeight, m_stripHeight});
}

void Panel::shareRows() {
    if (m_isStripDragged || m_stripShare == 0) return;
    const int all = m_rows->height(), strip = std::max(m_stripHeight, int(m_stripShare * all));
    m_rows->setSizes({all - strip, strip});
}

InspectorSection* Panel::addSection(const QString& id, const QString& title) {
    auto* section = new InspectorSection(m_info.id + u'.' + id, title, this);
    m_sectionsLayout->insertWidget(m_sectionsLayout->count() - 1, section);
    m_sections << section;
    m_inspector->show();
    return section;
}

void Panel::setPrimaryAction(QAction* action) {
    while (QLayoutItem* old = m_primarySlot->takeAt(0)) {
        old->widget()->hide();
        old->widget()->deleteLater();
        delete old;
    }
    if (!action) return;
    auto* button = new HeaderButton<QPushButton>(this);
    button->setText(action->text());
    button->setObjectName(action->objectName() + ".button"_L1);
    button->setProperty("primary", true);
    button->setToolTip(action->toolTip());
    button->setAccessibleName(action->text().remove(u'&'));
    button->setEnabled(action->isEnabled());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] {
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
    });
    m_primarySlot->addWidget(button);
}

void Panel::addHeaderAction(QAction* action) {
    m_headerActions->addWidget(actionButton(action, this));
}

void Panel::addOverflowAction(QAction* action) {
    m_overflow->menu()->addAction(action);
    m_overflow->show();
}

void Panel::setSubtitle(const QString& text) {
    m_subtitle->setText(text);
    m_subtitle->setToolTip({});
}

void Panel::setModel(const PanelModel& model) {
    m_model = model;
    Q_EMIT modelChanged();
}

QJsonObject Panel::saveLayout() const {
    QJsonArray folded;
    for (const InspectorSection* section : m_sections) {
        if (section->isFolded()) folded.append(section->objectName());
    }
    QJsonObject layout{
        {u"folded"_s, folded}, {u"inspector"_s, isInspectorVisible()}, {u"strip"_s, isStripVisible()}};
    if (m_isStripDragged) layout[u"rows"_s] = QString::fromLatin1(m_rows->saveState().toBase64());
    return layout;
}

void Panel::restoreLayout(const QJsonObject& layout) {
    if (layout.isEmpty()) return;
    m_isStripDragged = layout.contains(u"rows"_s);
    if (m_isStripDragged)
        m_rows->restoreState(QByteArray::fromBase64(layout[u"rows"_s].toString().toLatin1()));
    m_rows->setHandleWidth(1);
    const QJsonArray folded = layout[u"folded"_s].toArray();
    for (InspectorSection* section : m_sections) section->setFolded(folded.contains(section->objectName()));
    setInspectorVisible(layout[u"inspector"_s].toBool(true));
    setStripVisible(layout[u"strip"_s].toBool(true));
}

void Panel::resetLayout() {
    setInspectorVisible(true);
    setStripVisible(true);
    resetRows();
    shareRows();
}

void Panel::setInspectorVisible(bool visible) {
    m_inspector->setVisible(visible && !m_sections.isEmpty());
}
void Panel::setStripVisible(bool visible) {
    m_stripSlot->setVisible(visible && m_stripSlot->layout()->count() > 0);
}
bool Panel::isInspectorVisible() const {
    return !m_inspector->isHidden();
}
bool Panel::isStripVisible() const {
    return !m_stripSlot->isHidden();
}

}  // namespace vitrine
