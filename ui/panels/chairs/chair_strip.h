// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/chairs/chair_panel_state.h"

class QButtonGroup;
class QStackedWidget;

namespace vitrine {

class ChairService;
class ImageCompositor;
class SheetPane;
class StyleBrowser;
class StyleGalleryModel;
class StyleMapPane;

/// Below the stage: the gallery of styles, their map, the grid or the morph.
class ChairStrip : public QWidget {
    Q_OBJECT
public:
    ChairStrip(StyleGalleryModel* gallery,
               ChairStateStore& store,
               ChairService& service,
               ImageCompositor& compositor,
               QWidget* parent = nullptr);

    StyleBrowser* browser() const { return m_browser; }
    StyleMapPane* map() const { return m_map; }
    /// The styles whose pictures are on screen.
    QStringList visibleIds() const;
    bool isSettled() const;

Q_SIGNALS:
    void settledChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout(StyleGalleryModel* gallery);
    void showState();

    ChairStateStore& m_store;
    ChairService& m_service;
    ImageCompositor& m_compositor;
    QButtonGroup* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    StyleBrowser* m_browser = nullptr;
    StyleMapPane* m_map = nullptr;
    SheetPane* m_grid = nullptr;
    SheetPane* m_morph = nullptr;
};

}  // namespace vitrine
