// SPDX-License-Identifier: GPL-3.0-or-later
// How numbers are shown and typed, in one place for the whole window.
#pragma once

#include <QDoubleSpinBox>
#include <QSpinBox>

namespace vitrine {

/// The program writes 0.5 in every country, as its files and its command do. Thread: main, after
/// QApplication, which takes the conventions of the system.
void useOneNumberFormat();

/// A typed number with its decimal sign as a dot: "0,5" is 0.5. A sign that occurs twice stays as it is, so
/// that the text is no number.
QString withDecimalDot(QString text);

/// A fraction: typed with dot or comma, shown with a dot, without signs between thousands. Like a whole
/// number it is taken when it is complete (Return, another control), so that what is no number changes
/// nothing.
class DecimalField : public QDoubleSpinBox {
    Q_OBJECT
public:
    explicit DecimalField(QWidget* parent = nullptr);

    QValidator::State validate(QString& text, int& pos) const override;
    double valueFromText(const QString& text) const override;
    void fixup(QString&) const override {}  // Qt's would take commas out
};

/// A whole number. Text with a dot or a comma is refused as a whole: one sign less would be another number.
class WholeField : public QSpinBox {
    Q_OBJECT
public:
    explicit WholeField(QWidget* parent = nullptr);

    QValidator::State validate(QString& text, int& pos) const override;
    void fixup(QString&) const override {}
};

}  // namespace vitrine
