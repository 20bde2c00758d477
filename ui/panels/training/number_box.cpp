// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/number_box.h"

#include <QLocale>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "ui/shell/number_field.h"

namespace vitrine {
namespace {

constexpr int kDigits = 12;  // what is typed is kept; the text shows what matters

/// Whole numbers may have commas between thousands, as they are shown; fractions have none, so that a comma
/// is the decimal sign.
double parsed(QString text, bool whole, bool* ok) {
    static const QRegularExpression kThousands(QStringLiteral("^[+-]?\\d{1,3}(,\\d{3})+$"));
    text = text.trimmed();
    if (!whole)
        text = withDecimalDot(text);
    else if (kThousands.match(text).hasMatch())
        text.remove(u',');
    *ok = !text.contains(u',') && !(whole && text.contains(u'.'));
    return *ok ? QLocale::c().toDouble(text, ok) : 0;
}

}  // namespace

NumberBox::NumberBox(bool whole, QWidget* parent) : QDoubleSpinBox(parent), m_whole(whole) {
    setDecimals(whole ? 0 : kDigits);
    setKeyboardTracking(false);
    setAlignment(Qt::AlignRight);
    setButtonSymbols(QAbstractSpinBox::NoButtons);
}

QString NumberBox::textFromValue(double value) const {
    if (m_whole) return QLocale(QLocale::English).toString(qlonglong(std::llround(value)));
    return QLocale::c().toString(value, 'g', 6);
}

QString NumberBox::withoutSuffix(const QString& text) const {
    return text.endsWith(suffix()) ? text.chopped(suffix().size()) : text;
}

double NumberBox::valueFromText(const QString& text) const {
    bool ok = false;
    const double value = parsed(withoutSuffix(text), m_whole, &ok);
    return ok ? value : this->value();
}

QValidator::State NumberBox::validate(QString& text, int&) const {
    bool ok = false;
    const double value = parsed(withoutSuffix(text), m_whole, &ok);
    if (!ok) return QValidator::Intermediate;
    return value >= minimum() && value <= maximum() && (!m_whole || value == std::floor(value))
               ? QValidator::Acceptable
               : QValidator::Intermediate;
}

// What lies outside the range becomes the nearest end when the field is left.
void NumberBox::fixup(QString& text) const {
    bool ok = false;
    const double value = parsed(withoutSuffix(text), m_whole, &ok);
    if (ok) text = textFromValue(std::clamp(value, minimum(), maximum())) + suffix();
}

// One step changes the second digit that is shown: 0.0005 -> 0.00051, 60,000 -> 61,000.
void NumberBox::stepBy(int steps) {
    const double size = std::abs(value());
    double step = size > 0 ? std::pow(10.0, std::floor(std::log10(size)) - 1) : m_whole ? 1 : 0.01;
    if (m_whole) step = std::max(1.0, step);
    setValue(std::clamp(value() + steps * step, minimum(), maximum()));
    selectAll();
}

}  // namespace vitrine
