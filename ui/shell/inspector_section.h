// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLayout;
class QVBoxLayout;
class QToolButton;
class QPropertyAnimation;

namespace vitrine {

/// A titled group of controls that folds. The title is a button (Space, Enter, Left, Right); small buttons
/// may stand beside it.
class InspectorSection : public QWidget {
    Q_OBJECT
public:
    /// `id` names it in settings and as objectName.
    InspectorSection(const QString& id, const QString& title, QWidget* parent = nullptr);

    /// Controls stand under each other, 8 px apart.
    void addWidget(QWidget* widget);
    void addLayout(QLayout* layout);
    /// A small button at the right of the title (reset all, more).
    void addHeaderAction(QAction* action);
    void addHeaderWidget(QWidget* widget);

    bool isFolded() const { return m_folded; }
    /// Not animated where the section is not on screen.
    void setFolded(bool folded);

Q_SIGNALS:
    void foldedChanged(bool folded);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout(const QString& title);
    void animate(int height);

    QToolButton* m_title = nullptr;
    QHBoxLayout* m_header = nullptr;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_bodyLayout = nullptr;
    QPropertyAnimation* m_animation = nullptr;
    bool m_folded = false;
};

}  // namespace vitrine
