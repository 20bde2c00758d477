// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/style_browser.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <algorithm>
#include <array>

#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/panels/chairs/style_gallery_view.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kNarrowWidth = 460;
constexpr int kWide = 660;
constexpr int kRoomyWidth = 900;
constexpr int kFewestLetters = 6, kLettersOfFilter = 10;  // of a filter's choice

QComboBox* makeFilter(const QString& id, const QString& name, QWidget* parent) {
    auto* box = new QComboBox(parent);
    box->setObjectName(id);
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kFewestLetters);
    return box;
}

/// Keeps the choice where it still exists.
void refill(QComboBox* box, const QString& everything, const QStringList& values) {
    const QString chosen = box->currentData().toString();
    const QSignalBlocker blocker(box);
    box->clear();
    box->addItem(everything, QString());
    for (const QString& value : values) {
        QString shown = value;
        shown[0] = shown[0].toUpper();
        box->addItem(shown, value);
    }
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
}

}  // namespace

StyleBrowser::StyleBrowser(StyleGalleryModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_filter(new StyleFilterModel(this)) {
    m_filter->setSourceModel(model);
    buildLayout();
    connectSignals();
    refillGroups();
    refillFilters();
    showCount();
}

void StyleBrowser::buildLayout() {
    m_view = new StyleGalleryView(this);
    m_view->setModel(m_filter);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);

    m_filterBar = new QWidget(this);
    m_search = new QLineEdit(m_filterBar);
    m_search->setObjectName(u"chairs.search"_s);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search styles"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(84);
    m_search->setMaximumWidth(200);
    m_search->addAction(Theme::icon(u"search"_s), QLineEdit::LeadingPosition);
    for (QToolButton* button : m_search->findChildren<QToolButton*>()) {
        const bool clears = button->isHidden();
        button->setObjectName(clears ? u"chairs.search.clear"_s : u"chairs.search.icon"_s);
        button->setAccessibleName(clears ? tr("Clear the search") : tr("Search"));
    }
    m_groups = makeFilter(u"chairs.filter.group"_s, tr("More styles: which ones are shown"), m_filterBar);
    m_type = makeFilter(u"chairs.filter.type"_s, tr("Type"), m_filterBar);
    m_archive = makeFilter(u"chairs.filter.archive"_s, tr("Archive"), m_filterBar);
    m_licence = makeFilter(u"chairs.filter.licence"_s, tr("Licence"), m_filterBar);
    m_count = new QLabel(m_filterBar);
    m_count->setObjectName(u"chairs.count"_s);
    m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(u"000 of 000"_s));
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* bar = new QHBoxLayout(m_filterBar);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(measure::kGap);
    bar->addStretch(1);
    for (QWidget* widget : {static_cast<QWidget*>(m_search),
                            static_cast<QWidget*>(m_groups),
                            static_cast<QWidget*>(m_type),
                            static_cast<QWidget*>(m_archive),
                            static_cast<QWidget*>(m_licence),
                            static_cast<QWidget*>(m_count)}) {
        bar->addWidget(widget);
    }
    m_filterBar->installEventFilter(this);
    setFocusProxy(m_view);
}

bool StyleBrowser::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_filterBar && event->type() == QEvent::Resize) fitFilters();
    return QWidget::eventFilter(watched, event);
}

/// Archives and licences are the catalogue's alone. In a narrow bar the search needs the room more than the
/// number does, and the groups more than the archives do.
void StyleBrowser::fitFilters() {
    const bool hasCatalogue = group() == StyleGroup::Catalogue || group() == StyleGroup::All;
    const int width = m_filterBar->width();
    if (!hasCatalogue)
        for (QComboBox* box : {m_archive, m_licence}) box->setCurrentIndex(0);
    const bool hasRoom = width >= kWide || m_groups->isHidden() || m_archive->currentIndex() > 0;
    m_archive->setVisible(hasCatalogue && hasRoom);
    m_licence->setVisible(hasCatalogue);
    for (QComboBox* box : {m_type, m_archive, m_licence})
        box->setMinimumContentsLength(width >= kRoomyWidth ? kLettersOfFilter : kFewestLetters);
    m_count->setVisible(width >= kNarrowWidth);
}

void StyleBrowser::connectSignals() {
    connect(m_view, &StyleGalleryView::styleChosen, this, &StyleBrowser::styleChosen);
    connect(m_view, &StyleGalleryView::visibleChanged, this, &StyleBrowser::visibleChanged);
    connect(m_search, &QLineEdit::textChanged, m_filter, &StyleFilterModel::setSearch);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        m_view->setFocus();
        if (!m_view->currentIndex().isValid()) m_view->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_groups, &QComboBox::currentIndexChanged, this, [this] {
        Q_EMIT groupChosen(StyleGroup(m_groups->currentData().toInt()));
    });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(m_model, signal, this, [this] {
            refillGroups();
            showCount();
        });
    }
    const auto onChoice = [this](QComboBox* box, void (StyleFilterModel::*set)(const QString&)) {
        connect(box, &QComboBox::currentIndexChanged, this, [this, box, set] {
            (m_filter->*set)(box->currentData().toString());
        });
    };
    onChoice(m_type, &StyleFilterModel::setType);
    onChoice(m_archive, &StyleFilterModel::setArchive);
    onChoice(m_licence, &StyleFilterModel::setLicence);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(m_filter, signal, this, [this] {
            showCount();
            Q_EMIT visibleChanged();
        });
    }
    connect(m_filter, &QAbstractItemModel::modelReset, this, [this] {
        refillGroups();
        refillFilters();
        showCount();
        Q_EMIT visibleChanged();
    });
}

void StyleBrowser::setGroup(StyleGroup group) {
    if (group == m_group) return;
    m_group = group;
    refillGroups();
}

/// Only groups that there are; with the catalogue alone there is nothing to choose.
void StyleBrowser::refillGroups() {
    const QSignalBlocker blocker(m_groups);
    m_groups->clear();
    const std::array<std::pair<StyleGroup, QString>, 4> groups{{{StyleGroup::Catalogue, tr("Catalogue")},
                                                                {StyleGroup::Family, tr("Family")},
                                                                {StyleGroup::Scans, tr("Scans")},
                                                                {StyleGroup::New, tr("New chairs")}}};
    for (const auto& [group, name] : groups)
        if (m_model->numOf(group) > 0) m_groups->addItem(name, int(group));
    m_groups->setVisible(m_groups->count() > 1);
    if (m_groups->count() != 1) m_groups->addItem(tr("All styles"), int(StyleGroup::All));
    m_groups->setCurrentIndex(std::max(0, m_groups->findData(int(m_group))));
    m_filter->setGroup(StyleGroup(m_groups->currentData().toInt()));
    fitFilters();
    showCount();
}

void StyleBrowser::refillFilters() {
    refill(m_type, tr("All types"), m_model->types());
    refill(m_archive, tr("All archives"), m_model->archives());
    refill(m_licence, tr("All licences"), m_model->licences());
}

void StyleBrowser::showCount() {
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    m_count->setText(shown < all ? tr("%1 of %2").arg(shown).arg(all)
                     : all == 1  ? tr("1 style")
                                 : tr("%n styles", nullptr, all));
    m_view->setPlaceholder(all > 0 ? tr("No style matches the search and the filters.")
                                   : tr("No chairs yet. Install the package sweethome3d-furniture, open a "
                                        "model, or drop an .obj, .glb or .sh3f file on the window."));
}

void StyleBrowser::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

}  // namespace vitrine
