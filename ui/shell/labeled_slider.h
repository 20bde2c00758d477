// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QTimer;
class QToolButton;

namespace vitrine {

class TickSlider;

/// What a slider row sets.
struct SliderSpec {
    QString id = {};     ///< objectName; its parts are ID.slider, ID.value, ID.reset
    QString label = {};  ///< "Azimuth"
    QString unit = {};   ///< shown behind the value: "°", " px", "×"; may be empty
    QString tip = {};    ///< one sentence that explains the term
    double minimum = 0;
    double maximum = 1;
    double reset = 0;    ///< what reset and a double-click set; the filled part of the track starts here
    double step = 0.01;  ///< arrow keys, wheel, spin box; page keys take ten
    int decimals = 2;
    QList<double> ticks = {};  ///< marked positions, e.g. trained views
    double snap = 0;  ///< a drag that comes this near to a tick lands on it (0: never; Shift held: never)
    bool logarithmic = false;  ///< equal factors are equally far apart on the track; minimum > 0
    bool wraps = false;        ///< an angle: going on past an end comes in at the other
};

/// A row of 28 px: label, slider, value with unit, reset. Widths are fixed but the slider's, figures are of
/// equal width. setValue is for the state's owner and is silent; valueChanged means that the user did it.
class LabeledSlider : public QWidget {
    Q_OBJECT
public:
    explicit LabeledSlider(SliderSpec spec, QWidget* parent = nullptr);

    const SliderSpec& spec() const { return m_spec; }
    double value() const { return m_value; }
    /// Clamps (or wraps) into the range. Emits nothing.
    void setValue(double value);
    /// Keeps the value where the new range holds it. Emits nothing.
    void setRange(double minimum, double maximum);
    void setTicks(const QList<double>& ticks, double snap = 0);
    void setSnap(double snap);
    void setLabel(const QString& label);
    /// Rows of one section share the width of the widest label.
    static void alignLabels(const QList<LabeledSlider*>& rows);

Q_SIGNALS:
    void valueChanged(double value);
    /// The mouse was released, or keys, wheel and typing rested for a moment: one step of undo ends here.
    void dragFinished();

public Q_SLOTS:
    /// As if the user had set the reset value.
    void resetValue();

private:
    void buildLayout();
    void connectSignals();
    void userSet(double value);
    void showValue();

    SliderSpec m_spec;
    double m_value = 0;
    QLabel* m_label = nullptr;
    TickSlider* m_slider = nullptr;
    QDoubleSpinBox* m_spin = nullptr;
    QToolButton* m_reset = nullptr;
    QTimer* m_restTimer = nullptr;
};

}  // namespace vitrine
