// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/network_section.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/shell/controls.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kOpenFile = "?";

QToolButton* seenButton(QAction* action, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setObjectName(action->objectName() + u".button"_s);
    button->setDefaultAction(action);
    button->setAccessibleName(action->iconText());
    button->setIconSize({measure::kIcon, measure::kIcon});
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}  // namespace

NetworkSection::NetworkSection(CompletionStore& store, const QList<QAction*>& seen, QWidget* parent)
    : QWidget(parent), m_store(store), m_seen(seen) {
    buildLayout();
    connect(m_model, &QComboBox::activated, this, [this](int index) {
        choose(m_model->itemData(index).toString());
    });
    showState();
}

void NetworkSection::buildLayout() {
    auto* buttons = new QWidget(this);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGap / 2);
    for (QAction* action : m_seen) row->addWidget(seenButton(action, buttons));
    row->addStretch(1);
    m_seenText = new QLabel(this);
    m_seenText->setObjectName(u"completion.seen.text"_s);
    m_seenText->setFont(Theme::font(TextRole::Caption));
    m_seenText->setProperty("role", u"caption"_s);
    m_seenText->setWordWrap(true);
    m_model = makeChoice(u"completion.model"_s, tr("Network"), {}, this);
    m_model->addItem(tr("CVAE"), u"cvae"_s);
    m_model->addItem(tr("GSNN"), u"gsnn"_s);
    m_model->addItem(tr("Open a file…"), QLatin1String(kOpenFile));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addLayout(makeRow(tr("Observed"), buttons, this));
    column->addWidget(m_seenText);
    column->addLayout(makeRow(tr("Network"), m_model, this));
}

void NetworkSection::choose(const QString& model) {
    if (model == QLatin1String(kOpenFile)) {
        showState();
        Q_EMIT modelFileAsked();
        return;
    }
    m_store.changeOnce(
        u"model"_s, tr("Change the network"), [&model](CompletionState& state) { state.model = model; });
}

void NetworkSection::showState() {
    for (const QAction* action : m_seen)
        if (action->isChecked()) m_seenText->setText(action->statusTip());
    showVariants();
    const QString& model = m_store.state().model;
    if (m_model->findData(model) < 0)
        m_model->insertItem(m_model->count() - 1, QFileInfo(model).fileName(), model);
    m_model->setCurrentIndex(m_model->findData(model));
}

/// Where nothing is seen there is no GSNN, and the CVAE has no condition.
void NetworkSection::showVariants() {
    const bool seesNothing = m_store.state().numQuadrants == 0;
    auto* items = qobject_cast<QStandardItemModel*>(m_model->model());
    m_model->setItemText(m_model->findData(u"cvae"_s), seesNothing ? tr("Plain VAE") : tr("CVAE"));
    QStandardItem* gsnn = items->item(m_model->findData(u"gsnn"_s));
    gsnn->setEnabled(!seesNothing);
    gsnn->setToolTip(seesNothing ? tr("A GSNN needs observed pixels")
                                 : tr("Trained with the prior alone, without a recognition network"));
    m_model->setToolTip(seesNothing ? tr("Nothing is observed: a plain VAE. A GSNN needs observed pixels")
                                    : QString());
}

}  // namespace vitrine
