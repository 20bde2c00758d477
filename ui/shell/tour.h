// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;

namespace vitrine {

struct TourStep {
    QPointer<QWidget> target;  ///< stays bright; none, or hidden: the whole window is dimmed
    QString title, text;
};

/// Walks through parts of the window, one card a step: Enter and the arrows go on and back, Escape or "Skip"
/// ends it. It owns itself. Thread: GUI.
class Tour : public QWidget {
    Q_OBJECT
public:
    Tour(std::vector<TourStep> steps, QWidget* window);
    int step() const { return m_step; }

Q_SIGNALS:
    void finished();

protected:
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;  ///< Tab stays
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildCard();
    void show(int step);
    void place();
    void end();
    QRect bright() const;

    std::vector<TourStep> m_steps;
    int m_step = 0;
    QWidget* m_card = nullptr;
    QLabel *m_title = nullptr, *m_text = nullptr, *m_count = nullptr;
    QPushButton *m_back = nullptr, *m_next = nullptr;
};

}  // namespace vitrine
