// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace vitrine {

class TickSlider;

/// How wide the brush of a MaskCanvas is, with the number beside the slider.
class BrushSizeSlider : public QWidget {
    Q_OBJECT
public:
    /// The slider is called `id`, the number ID.text.
    BrushSizeSlider(const QString& id, const QString& tip, QWidget* parent = nullptr);

    /// Emits nothing. Units: pixels of the picture.
    void setPixels(double pixels);

Q_SIGNALS:
    void chosen(double pixels);

private:
    TickSlider* m_slider = nullptr;
    QLabel* m_text = nullptr;
};

}  // namespace vitrine
