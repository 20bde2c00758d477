// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/style_map_pane.h"

#include <QVBoxLayout>
#include <algorithm>

#include "core/recipe/drawn_style.h"
#include "ui/bridge/chair_service.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/panels/chairs/style_gallery_view.h"
#include "ui/views/style_map_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

/// Real and new chairs have their cards before the family's.
int rankOf(const StyleItem& item) {
    return item.group == StyleGroup::Catalogue || item.group == StyleGroup::New ? 0 : 1;
}

}  // namespace

StyleMapPane::StyleMapPane(ChairStateStore& store,
                           ChairService& service,
                           const StyleGalleryModel& gallery,
                           QWidget* parent)
    : QWidget(parent),
      m_store(store),
      m_service(service),
      m_gallery(gallery),
      m_view(new StyleMapView(this)) {
    m_view->setObjectName(u"chairs.map"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    connectSignals();
    showContent();
}

void StyleMapPane::connectSignals() {
    connect(&m_store, &ChairStateStore::changed, this, &StyleMapPane::showMarks);
    connect(m_view, &StyleMapView::visibleChanged, this, &StyleMapPane::visibleChanged);
    connect(m_view, &StyleMapView::dragged, this, &StyleMapPane::moveTo);
    connect(m_view, &StyleMapView::dragFinished, this, [this] {
        m_slot = -1;
        m_store.endGesture();
    });
    connect(
        m_view, &StyleMapView::styleChosen, this, [this](const QString& id, Qt::KeyboardModifiers modifiers) {
            Q_EMIT styleChosen(id, StyleGalleryView::slotOf(modifiers));
        });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_gallery, signal, this, &StyleMapPane::showContent);
    connect(&m_gallery,
            &QAbstractItemModel::dataChanged,
            this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                for (int row = first.row(); m_isActive && row <= last.row(); ++row) {
                    const QString& id = m_gallery.itemAt(row).id;
                    m_view->setPicture(id, m_gallery.thumbnail(id));
                }
            });
}

void StyleMapPane::setActive(bool active) {
    if (active == m_isActive) return;
    m_isActive = active;
    showContent();
}

QStringList StyleMapPane::visibleIds() const {
    return m_view->visibleIds();
}

void StyleMapPane::showContent() {
    if (!m_isActive) return;
    const StyleMap& map = m_service.styleMap();
    std::vector<const StyleItem*> shown;
    for (int row = 0; row < m_gallery.rowCount() && !map.empty(); ++row)
        if (m_gallery.itemAt(row).styleIndex >= 0) shown.push_back(&m_gallery.itemAt(row));
    std::ranges::stable_sort(shown, {}, [](const StyleItem* item) { return rankOf(*item); });
    QList<StyleMapView::Item> items;
    for (const StyleItem* item : shown) {
        const PlanePoint place = map.pointOf(pureStyle(item->styleIndex));
        items.append({item->id, item->name, {place.x, place.y}, rankOf(*item) == 0});
        m_view->setPicture(item->id, m_gallery.thumbnail(item->id));
    }
    m_view->setCaption(
        map.empty()
            ? tr("There is no model with styles to map; open one.")
            : tr("Principal components of the style codes, %1 % of their variance. Click: A, Shift+click: B. "
                 "Drag: mix the styles around the pointer. Wheel: zoom.")
                  .arg(100 * map.explainedVariance(), 0, 'f', 0));
    m_view->setItems(items);
    showMarks();
}

QPointF StyleMapPane::placeOf(const RecipeMix& mix) const {
    StyleMix styles;
    for (const RecipeStyle& part : mix) {
        const auto index = part.id.empty() ? part.index : styleIndexOf(part.id, m_service.model()->styleIds);
        if (index) styles.push_back({*index, part.weight});
    }
    const PlanePoint place = m_service.styleMap().pointOf(styles);
    return {place.x, place.y};
}

void StyleMapPane::showMarks() {
    if (!m_isActive || m_service.styleMap().empty()) return;
    const ChairPanelState& state = m_store.state();
    QList<StyleMapView::Mark> marks;
    for (std::size_t slot = 0; slot < state.slots.size(); ++slot) {
        const RecipeMix& mix = state.slots[slot];
        if (mix.empty()) continue;
        const QString id = QString::fromStdString(pureStyleOf(mix));
        marks.append({QString(QChar(u'A' + int(slot))), placeOf(mix), id});
    }
    QList<QPointF> path;
    for (const RecipeMix& corner : styleCorners(state)) path << placeOf(corner);
    if (path.size() == 4) path = {path[0], path[1], path[3], path[2], path[0]};
    const RecipeMix shown = shownMix(state);
    m_view->setMarks(marks, path, shown.empty() ? std::nullopt : std::optional(placeOf(shown)));
}

void StyleMapPane::moveTo(const QPointF& place) {
    const StyleMix mix = m_service.styleMap().mixAt({place.x(), place.y()});
    if (mix.empty()) return;
    RecipeMix styles;
    for (const StyleWeight& part : mix)
        styles.push_back({styleIdOf(part.styleIndex, m_service.model()->styleIds), -1, part.weight});
    if (m_slot < 0) m_slot = shownSlot(m_store.state());
    m_store.change(u"map"_s, tr("Move over the map"), [slot = m_slot, &styles](ChairPanelState& state) {
        state.slots[std::size_t(slot)] = styles;
        showSlot(state, slot);
    });
}

}  // namespace vitrine
