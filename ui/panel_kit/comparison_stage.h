// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

class QBoxLayout;
class QLayout;
class QStackedWidget;

namespace vitrine {

class CaptionedView;
class StateNotice;
class ViewLink;
class ZoomView;

/// A stage of pictures that show the same part, or one sentence where there is nothing to compare. A panel's
/// stage derives from it, fills page() and says what its views show.
class ComparisonStage : public QWidget {
    Q_OBJECT
public:
    /// One sentence, and a button where `button` isn't empty, instead of the pictures.
    void showNotice(const QString& text, const QString& button, bool isFailure = false);
    void showPictures();

Q_SIGNALS:
    void noticePressed();

protected:
    /// `panel` begins the names of all parts, and is the notice's icon.
    ComparisonStage(const QString& panel, QWidget* parent);

    const QString& panel() const { return m_panel; }
    /// Where the pictures lie; has no layout yet.
    QWidget* page() const { return m_page; }
    ViewLink* link() const { return m_link; }
    /// A view on the page. Linked: it shows the same part as the others.
    CaptionedView* addView(const QString& id, ZoomView* view, int minimumSide = 44, bool isLinked = true);
    /// One part large, and beside it four views: two over two, all as large.
    QBoxLayout* besideGrid(QLayout* large, const std::array<CaptionedView*, 4>& views);
    /// The same as all that there is on the page.
    void fillPage(CaptionedView* large, const std::array<CaptionedView*, 4>& views);
    /// A line over the pictures and the notice.
    void addTop(QWidget* line);

private:
    QString m_panel;
    ViewLink* m_link = nullptr;
    QBoxLayout* m_rows = nullptr;
    QStackedWidget* m_pages = nullptr;
    QWidget* m_page = nullptr;
    StateNotice* m_notice = nullptr;
};

}  // namespace vitrine
