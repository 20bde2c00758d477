// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace vitrine {

class TickSlider;
class ZoomView;

/// Pictures of one thing through time: the picture, and under it a slider over the moments. As long as the
/// slider stands at the end, a new moment is shown as soon as it is there. Who has the pictures hands over
/// the one that is wanted.
class PictureFilm : public QWidget {
    Q_OBJECT
public:
    /// `id` begins the objectNames of its parts: ID.slider, ID.play, ID.view.
    explicit PictureFilm(const QString& id, QWidget* parent = nullptr);

    /// Names of the moments, oldest first. The moment shown stays where it is still there.
    void setMoments(const QStringList& labels);
    int numMoments() const { return int(m_labels.size()); }
    /// -1: none.
    int current() const { return m_current; }
    void setCurrent(int index);
    /// Of the moment that was wanted last.
    void setPicture(const QImage& picture);
    void setPlaceholder(const QString& text);
    void setDimmed(bool dimmed);
    void setPlaying(bool playing);
    bool isPlaying() const { return m_timer.isActive(); }
    ZoomView* view() const { return m_view; }

Q_SIGNALS:
    void wanted(int index);

private:
    void buildLayout(const QString& id);
    void showMoment(int index);
    void showPlace();
    void step();

    QStringList m_labels;
    int m_current = -1;
    ZoomView* m_view = nullptr;
    TickSlider* m_slider = nullptr;
    QToolButton* m_play = nullptr;
    QLabel* m_label = nullptr;
    QTimer m_timer;
};

}  // namespace vitrine
