// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_strip.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

#include "ui/panels/chairs/sheet_pane.h"
#include "ui/panels/chairs/style_browser.h"
#include "ui/panels/chairs/style_gallery_view.h"
#include "ui/panels/chairs/style_map_pane.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kNarrow = 700;
}

ChairStrip::ChairStrip(StyleGalleryModel* gallery,
                       ChairStateStore& store,
                       ChairService& service,
                       ImageCompositor& compositor,
                       QWidget* parent)
    : QWidget(parent), m_store(store), m_service(service), m_compositor(compositor) {
    buildLayout(gallery);
    connect(&m_store, &ChairStateStore::settingsChanged, this, &ChairStrip::showState);
    connect(m_tabs, &QButtonGroup::idClicked, this, [this](int id) {
        m_store.changeOnce(u"strip"_s, tr("Change the strip"), [id](ChairPanelState& state) {
            state.strip = StripMode(id);
        });
    });
    showState();
}

void ChairStrip::buildLayout(StyleGalleryModel* gallery) {
    m_browser = new StyleBrowser(gallery, this);
    connect(m_browser, &StyleBrowser::groupChosen, this, [this](StyleGroup group) {
        m_store.changeOnce(u"group"_s, tr("Show other styles"), [group](ChairPanelState& state) {
            state.styleGroup = group;
        });
    });
    m_map = new StyleMapPane(m_store, m_service, *gallery, this);
    m_grid = new SheetPane(RecipeKind::Grid, m_store, m_service, m_compositor, *gallery, this);
    m_morph = new SheetPane(RecipeKind::Morph, m_store, m_service, m_compositor, *gallery, this);
    for (SheetPane* pane : {m_grid, m_morph})
        connect(pane, &SheetPane::settledChanged, this, &ChairStrip::settledChanged);
    m_pages = new QStackedWidget(this);
    for (QWidget* page : {static_cast<QWidget*>(m_browser),
                          static_cast<QWidget*>(m_map),
                          static_cast<QWidget*>(m_grid),
                          static_cast<QWidget*>(m_morph)})
        m_pages->addWidget(page);

    m_tabs = new QButtonGroup(this);
    auto* header = new QHBoxLayout;
    header->setSpacing(4);
    const std::array<std::array<QString, 3>, 4> tabs{{{u"chairs"_s, tr("Styles"), u"chairs.tab.styles"_s},
                                                      {u"map"_s, tr("Map"), u"chairs.tab.map"_s},
                                                      {u"grid"_s, tr("Grid"), u"chairs.tab.grid"_s},
                                                      {u"film"_s, tr("Morph"), u"chairs.tab.morph"_s}}};
    for (int i = 0; i < int(tabs.size()); ++i) {
        const auto& [icon, text, id] = tabs[std::size_t(i)];
        auto* button = new QToolButton(this);
        button->setObjectName(id);
        button->setAccessibleName(text);
        button->setText(text);
        button->setToolTip(text);
        button->setIcon(Theme::icon(icon));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setAutoRaise(true);
        m_tabs->addButton(button, i);
        header->addWidget(button);
    }
    header->addWidget(m_browser->filterBar(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::kGroupGap, measure::kGap, measure::kGroupGap, measure::kGap);
    layout->setSpacing(measure::kGap);
    layout->addLayout(header);
    layout->addWidget(m_pages, 1);
}

void ChairStrip::showState() {
    const StripMode mode = m_store.state().strip;
    m_tabs->button(int(mode))->setChecked(true);
    // The filters keep their room, so that the tabs don't move.
    QSizePolicy policy = m_browser->filterBar()->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_browser->filterBar()->setSizePolicy(policy);
    m_browser->filterBar()->setVisible(mode == StripMode::Styles);
    m_pages->setCurrentIndex(int(mode));
    m_browser->setGroup(m_store.state().styleGroup);
    m_map->setActive(mode == StripMode::Map);
    m_grid->setActive(mode == StripMode::Grid);
    m_morph->setActive(mode == StripMode::Morph);
}

/// Narrow: icons alone, so that the search and the filters can be read.
void ChairStrip::resizeEvent(QResizeEvent*) {
    for (QAbstractButton* each : m_tabs->buttons()) {
        auto* button = qobject_cast<QToolButton*>(each);
        button->setToolButtonStyle(width() < kNarrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    }
}

QStringList ChairStrip::visibleIds() const {
    const StripMode mode = m_store.state().strip;
    if (mode == StripMode::Map) return m_map->visibleIds();
    return m_browser->view()->visibleIds();
}

bool ChairStrip::isSettled() const {
    return m_grid->isSettled() && m_morph->isSettled();
}

}  // namespace vitrine
