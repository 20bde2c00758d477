// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QWidget>

namespace vitrine {

/// The frames of a morph as a film, as many as fit, and under it a curve over all frames with its axis. A
/// click or the arrow keys choose a frame.
class MorphStrip : public QWidget {
    Q_OBJECT
public:
    explicit MorphStrip(QWidget* parent = nullptr);

    void setFrames(const QList<QImage>& frames);
    int numFrames() const { return int(m_frames.size()); }
    /// One value a frame. Units: as `unit` says, e.g. "px".
    void setCurve(const QList<double>& values, const QString& name, const QString& unit);
    void setCurrent(int frame);
    int current() const { return m_current; }
    void setPlaceholder(const QString& text);

    QSize sizeHint() const override { return {640, 150}; }
    QSize minimumSizeHint() const override { return {200, 110}; }

Q_SIGNALS:
    void frameChosen(int frame);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF filmRect() const;
    QRectF curveRect() const;
    double xOf(int frame) const;
    void choose(double x);
    void paintFilm(QPainter& painter) const;
    void paintCurve(QPainter& painter) const;

    QList<QImage> m_frames;
    QList<double> m_values;
    QString m_name, m_unit, m_placeholder;
    int m_current = 0;
};

}  // namespace vitrine
