// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace vitrine {

class LabeledSlider;

/// The ends of a slider's range in small figures below its track. It makes the row higher by what it needs.
class RangeCaption : public QWidget {
    Q_OBJECT
public:
    explicit RangeCaption(LabeledSlider* slider);
    void setRange(const QString& minimum, const QString& maximum);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    LabeledSlider* m_slider;
    QWidget* m_track;
    QString m_minimum;
    QString m_maximum;
};

}  // namespace vitrine
