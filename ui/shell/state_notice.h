// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace vitrine {

/// Why there is nothing to see, in one sentence, and the one button that changes it. `compact` is a line over
/// what is still shown: what went wrong and what to do.
class StateNotice : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Empty, Warning, Failed };
    StateNotice(const QString& id, bool compact, QWidget* parent = nullptr);

    /// Without a button text there is no button.
    void show(Kind kind, const QString& icon, const QString& text, const QString& button);
    QString text() const;

Q_SIGNALS:
    void buttonPressed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QColor color() const;

    bool m_compact = false;
    Kind m_kind = Kind::Empty;
    QLabel* m_icon = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_button = nullptr;
};

}  // namespace vitrine
