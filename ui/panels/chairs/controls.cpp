// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/controls.h"

#include <QSignalBlocker>

#include "ui/shell/number_field.h"

namespace vitrine {

QComboBox* makeParameterChoice(const QString& id, const QString& name, QWidget* parent) {
    QComboBox* box = makeChoice(id, name, {}, parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    return box;
}

void showParameters(QComboBox* box, const std::vector<ParameterInfo>& infos, const std::string& key) {
    const QSignalBlocker blocker(box);
    bool same = box->count() == int(infos.size());
    for (std::size_t i = 0; same && i < infos.size(); ++i) same = box->itemText(int(i)) == infos[i].label;
    if (!same) {
        box->clear();
        for (const ParameterInfo& info : infos) box->addItem(info.label, QString::fromStdString(info.key));
    }
    box->setCurrentIndex(box->findData(QString::fromStdString(key)));
}

std::string chosenParameter(const QComboBox* box) {
    return box->currentData().toString().toStdString();
}

void showParameterValue(QDoubleSpinBox* box, const ParameterInfo& info, double value) {
    const QSignalBlocker blocker(box);
    box->setDecimals(info.decimals);
    box->setSuffix(info.unit);
    box->setSingleStep(info.decimals == 0 ? 5 : info.decimals == 1 ? 1 : 0.05);
    box->setRange(info.exponential ? 0.001 : -9999, 9999);
    box->setValue(info.toDisplay(value));
}

QDoubleSpinBox* makeNumber(const QString& id, const QString& name, QWidget* parent) {
    auto* box = new DecimalField(parent);
    box->setObjectName(id);
    box->setAccessibleName(name);
    box->setAlignment(Qt::AlignRight);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setFixedWidth(66);
    return box;
}

}  // namespace vitrine
