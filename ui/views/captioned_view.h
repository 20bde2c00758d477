// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QHBoxLayout;
class QVBoxLayout;

namespace vitrine {

class ElidedLabel;
class ZoomView;

/// A view with what it shows above it (a title, or a choice of titles) and its numbers below.
class CaptionedView : public QWidget {
    Q_OBJECT
public:
    CaptionedView(const QString& id, ZoomView* view, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// A title to choose, of a word or two: the narrowest view has no room for more. `meaning`: its tip, and
    /// what the view is called then.
    struct Choice {
        QString text;
        int value;
        QString meaning = {};
    };
    void setChoices(const QString& name, const std::vector<Choice>& choices);
    void setChoice(int value);
    void setCaption(const QString& text, const QString& tip = {});
    /// At the right of the numbers, in their line, so that all views are of one height.
    void setLegend(QWidget* legend);
    ZoomView* view() const { return m_view; }

Q_SIGNALS:
    void chosen(int value);

private:
    QString m_id;
    ZoomView* m_view;
    QVBoxLayout* m_column = nullptr;
    QHBoxLayout* m_foot = nullptr;
    QLabel* m_title = nullptr;
    QComboBox* m_choice = nullptr;
    ElidedLabel* m_caption = nullptr;
};

}  // namespace vitrine
