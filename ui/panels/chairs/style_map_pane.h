// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QWidget>

#include "core/recipe/recipe.h"
#include "ui/panels/chairs/chair_panel_state.h"

namespace vitrine {

class ChairService;
class StyleGalleryModel;
class StyleMapView;

/// The network's styles and the new chairs on a plane. A click chooses one; a drag puts the mix at the
/// pointer into the slot that is shown, which is one step of undo.
class StyleMapPane : public QWidget {
    Q_OBJECT
public:
    StyleMapPane(ChairStateStore& store,
                 ChairService& service,
                 const StyleGalleryModel& gallery,
                 QWidget* parent = nullptr);

    void setActive(bool active);
    /// The styles or their pictures have changed.
    void showContent();
    QStringList visibleIds() const;

Q_SIGNALS:
    void styleChosen(const QString& id, int slot);
    void visibleChanged();

private:
    void connectSignals();
    void showMarks();
    void moveTo(const QPointF& place);
    QPointF placeOf(const RecipeMix& mix) const;

    ChairStateStore& m_store;
    ChairService& m_service;
    const StyleGalleryModel& m_gallery;
    StyleMapView* m_view = nullptr;
    bool m_isActive = false;
    int m_slot = -1;  ///< that a drag fills; -1: there is no drag
};

}  // namespace vitrine
