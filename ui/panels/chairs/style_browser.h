// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace vitrine {

class StyleFilterModel;
class StyleGalleryModel;
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

Q_SIGNALS:
    void styleChosen(const QString& id, int slot);
    void visibleChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout();
    void connectSignals();
    void refillFilters();
    void showCount();

    StyleGalleryModel* m_model;
    StyleFilterModel* m_filter;
    StyleGalleryView* m_view = nullptr;
    QWidget* m_filterBar = nullptr;
    QLineEdit* m_search = nullptr;
    QComboBox* m_type = nullptr;
    QComboBox* m_archive = nullptr;
    QComboBox* m_licence = nullptr;
    QLabel* m_count = nullptr;
};

}  // namespace vitrine
