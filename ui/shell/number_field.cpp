// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/number_field.h"

#include <QLocale>
#include <clocale>

namespace vitrine {
namespace {

QLocale numberFormat() {
    QLocale plain = QLocale::c();
    plain.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
    return plain;
}

}  // namespace

void useOneNumberFormat() {
    std::setlocale(LC_NUMERIC, "C");
    QLocale::setDefault(numberFormat());
}

QString withDecimalDot(QString text) {
    return text.count(u',') + text.count(u'.') == 1 ? text.replace(u',', u'.') : text;
}

DecimalField::DecimalField(QWidget* parent) : QDoubleSpinBox(parent) {
    setLocale(numberFormat());
    setKeyboardTracking(false);
}

QValidator::State DecimalField::validate(QString& text, int& pos) const {
    text = withDecimalDot(text);
    const bool hasOneSign = text.count(u',') + text.count(u'.') <= 1;
    return hasOneSign ? QDoubleSpinBox::validate(text, pos) : QValidator::Intermediate;
}

double DecimalField::valueFromText(const QString& text) const {
    return QDoubleSpinBox::valueFromText(withDecimalDot(text));
}

WholeField::WholeField(QWidget* parent) : QSpinBox(parent) {
    setLocale(numberFormat());
    setKeyboardTracking(false);
}

QValidator::State WholeField::validate(QString& text, int& pos) const {
    return text.contains(u',') || text.contains(u'.') ? QValidator::Intermediate
                                                      : QSpinBox::validate(text, pos);
}

}  // namespace vitrine
