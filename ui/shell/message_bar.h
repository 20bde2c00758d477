// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>
#include <functional>

#include "core/base/result.h"

class QLabel;
class QPushButton;
class QTimer;
class QToolButton;

namespace vitrine {

enum class MessageKind {
    Info,
    Good,
    Note,  ///< as Info, but it stays until it is dismissed
    Warning,
    Error
};

struct MessageAction {
    QString text;  ///< a verb: "Choose another file"
    std::function<void()> run;
};

/// Says what went well or wrong without stopping the user: a card at the bottom left of its parent, or of a
/// part of it, with "Copy details" and a dismiss button. It lies over the page, so nothing on the page moves,
/// and not under the pointer, so that no click meets it by chance. Whatever is shown is also logged, so that
/// nothing vanishes. Info and Good go away by themselves, the others stay. Thread: GUI.
class MessageBar : public QWidget {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    void showError(const Error& error, MessageAction action = {});
    void showMessage(MessageKind kind,
                     const QString& text,
                     const QString& details = {},
                     MessageAction action = {},
                     MessageAction otherAction = {});
    /// The message being shown; empty when the bar is hidden.
    QString text() const;
    QString details() const { return m_details; }
    /// Over this part of its parent from now on; nullptr: anywhere over its parent.
    void setRoom(QWidget* room);

public Q_SLOTS:
    void dismiss();
    void copyDetails();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout();
    QPushButton* makeActionButton(const QString& id, const QString& name, MessageAction& action);
    void placeInParent();
    QRect cardIn(const QRect& room) const;
    int wantedWidth() const;
    QColor kindColor() const;

    MessageKind m_kind = MessageKind::Info;
    QString m_details;
    MessageAction m_action, m_otherAction;
    QPointer<QWidget> m_room;
    QTimer* m_timer = nullptr;
    QLabel* m_icon = nullptr;
    QLabel* m_label = nullptr;
    QPushButton* m_actionButton = nullptr;
    QPushButton* m_otherButton = nullptr;
    QPushButton* m_copyButton = nullptr;
    QToolButton* m_closeButton = nullptr;
};

}  // namespace vitrine
