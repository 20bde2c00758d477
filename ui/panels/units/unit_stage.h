// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;

namespace vitrine {

class CaptionedView;
class LegendBar;
class StateNotice;
class ViewLink;

/// The picture with the unit, large; beside it the one without, their difference, a close-up and a pinned
/// unit.
class UnitStage : public QWidget {
    Q_OBJECT
public:
    explicit UnitStage(QWidget* parent = nullptr);

    CaptionedView* changed() const { return m_changed; }
    CaptionedView* base() const { return m_base; }
    CaptionedView* difference() const { return m_difference; }
    CaptionedView* closeUp() const { return m_closeUp; }
    CaptionedView* pinned() const { return m_pinned; }
    /// The magnitude of luminance that gets the full colour.
    void setDifferenceRange(double range);

    /// One sentence, and a button where `button` isn't empty, instead of the pictures.
    void showNotice(bool isFailure, const QString& text, const QString& button);
    void showPictures();

Q_SIGNALS:
    void noticePressed();

private:
    QWidget* buildPictures();

    CaptionedView* m_changed = nullptr;
    CaptionedView* m_base = nullptr;
    CaptionedView* m_difference = nullptr;
    CaptionedView* m_closeUp = nullptr;
    CaptionedView* m_pinned = nullptr;
    LegendBar* m_legend = nullptr;
    ViewLink* m_link = nullptr;
    QStackedWidget* m_pages = nullptr;
    StateNotice* m_notice = nullptr;
};

}  // namespace vitrine
