// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/chairs/style_gallery_model.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace vitrine {

class StyleGalleryView;

/// The gallery with its search field and filters. The filters are a widget of their own, for the strip's
/// header.
class StyleBrowser : public QWidget {
    Q_OBJECT
public:
    explicit StyleBrowser(StyleGalleryModel* model, QWidget* parent = nullptr);

    /// Owns: nobody yet; whoever places it.
    QWidget* filterBar() const { return m_filterBar; }
    StyleGalleryView* view() const { return m_view; }
    void focusSearch();
    /// The group that is shown.
    StyleGroup group() const { return m_filter->group(); }
    /// Shows the styles of a group, or the catalogue where there are none of it. Emits nothing.
    void setGroup(StyleGroup group);

Q_SIGNALS:
    void groupChosen(vitrine::StyleGroup group);
    void styleChosen(const QString& id, int slot);
    void visibleChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout();
    void connectSignals();
    void refillFilters();
    void refillGroups();
    void fitFilters();
    void showCount();

    StyleGalleryModel* m_model;
    StyleFilterModel* m_filter;
    StyleGalleryView* m_view = nullptr;
    QWidget* m_filterBar = nullptr;
    QLineEdit* m_search = nullptr;
    QComboBox* m_groups = nullptr;
    StyleGroup m_group = StyleGroup::Catalogue;
    QComboBox* m_type = nullptr;
    QComboBox* m_archive = nullptr;
    QComboBox* m_licence = nullptr;
    QLabel* m_count = nullptr;
};

}  // namespace vitrine
