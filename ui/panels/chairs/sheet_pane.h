// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/recipe/recipe.h"
#include "ui/panels/chairs/chair_panel_state.h"

class QPushButton;
class QVBoxLayout;

namespace vitrine {

class ChairService;
class ImageCompositor;
class PictureSheetView;
class StyleGalleryModel;

/// A grid or a morph in the strip: its settings at the left, its pictures at the right. It follows the state
/// by itself, once the sliders rest; a very large one waits for its button.
class SheetPane : public QWidget {
    Q_OBJECT
public:
    SheetPane(RecipeKind kind,
              ChairStateStore& store,
              ChairService& service,
              ImageCompositor& compositor,
              const StyleGalleryModel& gallery,
              QWidget* parent = nullptr);

    /// Makes pictures only while it is shown.
    void setActive(bool active);
    bool isSettled() const;

Q_SIGNALS:
    void settledChanged();

private:
    void buildLayout();
    void buildGridSettings(QVBoxLayout* layout);
    void buildMorphSettings(QVBoxLayout* layout);
    void connectSignals();
    void stateChanged();
    void make();
    void cancel();
    void showCells(int first);
    void showPlace();
    void activateCell(int index);
    QStringList labelsOf(const RecipeAxis& axis) const;
    std::size_t placeOn(const RecipeAxis& axis) const;
    void setTo(ChairPanelState& state, const RecipeAxis& axis, std::size_t place) const;

    RecipeKind m_kind;
    ChairStateStore& m_store;
    ChairService& m_service;
    ImageCompositor& m_compositor;
    const StyleGalleryModel& m_gallery;
    PictureSheetView* m_view = nullptr;
    QPushButton* m_make = nullptr;
    QTimer m_rest;
    std::vector<ChairRequest> m_wanted;  ///< what the state asks for
    std::vector<ChairRequest> m_made;    ///< what is shown or being made
    std::vector<ChairPicture> m_pictures;
    ChairRecipe m_recipe;
    quint64 m_batch = 0;
    bool m_active = false;
};

}  // namespace vitrine
