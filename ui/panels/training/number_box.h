// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

namespace vitrine {

/// A number as one writes it: 0.0005 or 5e-4, 60,000 without a digit too many. Steps follow the size of the
/// value.
class NumberBox : public QDoubleSpinBox {
    Q_OBJECT
public:
    explicit NumberBox(bool whole, QWidget* parent = nullptr);

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& pos) const override;
    void fixup(QString& text) const override;
    void stepBy(int steps) override;

private:
    QString withoutSuffix(const QString& text) const;
    bool m_whole = false;
};

}  // namespace vitrine
