// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/axis_editor.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

#include "ui/panels/chairs/controls.h"
#include "ui/shell/number_field.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

AxisEditor::AxisEditor(
    ChairStateStore& store, Field field, const QString& id, const QString& caption, QWidget* parent)
    : QWidget(parent), m_store(store), m_field(field) {
    buildLayout(id, caption);
    connectSignals();
    showState();
}

void AxisEditor::buildLayout(const QString& id, const QString& caption) {
    m_parameter = makeParameterChoice(id + u".parameter"_s, caption, this);
    m_from = makeNumber(id + u".from"_s, tr("%1 from").arg(caption), this);
    m_to = makeNumber(id + u".to"_s, tr("%1 to").arg(caption), this);
    m_count = new WholeField(this);
    m_count->setObjectName(id + u".count"_s);
    m_count->setAccessibleName(tr("%1 count").arg(caption));
    m_count->setToolTip(tr("How many"));
    m_count->setRange(1, 256);
    m_count->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_count->setAlignment(Qt::AlignRight);
    m_count->setFixedWidth(62);
    auto* name = new QLabel(caption, this);
    name->setBuddy(m_parameter);
    name->setFixedWidth(60);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(4);
    layout->setVerticalSpacing(4);
    layout->addWidget(name, 0, 0);
    layout->addWidget(m_parameter, 0, 1, 1, 4);
    layout->addWidget(m_from, 1, 1);
    layout->addWidget(new QLabel(u"–"_s, this), 1, 2);
    layout->addWidget(m_to, 1, 3);
    layout->addWidget(m_count, 1, 4);
}

void AxisEditor::connectSignals() {
    connect(&m_store, &ChairStateStore::settingsChanged, this, &AxisEditor::showState);
    connect(m_parameter, &QComboBox::currentIndexChanged, this, [this] {
        const std::string key = chosenParameter(m_parameter);
        if (key.empty()) return;
        const ParameterInfo chosen = parameterInfo(m_store.state(), key);
        // A full turn's last view is its first: leave it out.
        const double end = key == "azimuth" ? 348 : chosen.maximum;
        edit([&chosen, end](AxisChoice& axis, const ParameterInfo&) {
            axis = {chosen.key, chosen.minimum, end, axis.count};
            if (chosen.key == kChairParameter) axis.to = axis.from + axis.count - 1;
        });
    });
    connect(m_from, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        edit([value](AxisChoice& axis, const ParameterInfo& info) { axis.from = info.fromDisplay(value); });
    });
    connect(m_to, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        edit([value](AxisChoice& axis, const ParameterInfo& info) { axis.to = info.fromDisplay(value); });
    });
    connect(m_count, &QSpinBox::valueChanged, this, [this](int count) {
        edit([count](AxisChoice& axis, const ParameterInfo&) {
            axis.count = count;
            // So many chairs, each once.
            if (axis.parameter == kChairParameter) axis.to = axis.from + count - 1;
        });
    });
}

void AxisEditor::edit(const std::function<void(AxisChoice&, const ParameterInfo&)>& change) {
    m_store.changeOnce(u"axis"_s, tr("Change the axis"), [this, &change](ChairPanelState& state) {
        AxisChoice& axis = state.*m_field;
        change(axis, parameterInfo(state, axis.parameter));
    });
}

void AxisEditor::showState() {
    const ChairPanelState& state = m_store.state();
    const AxisChoice& axis = state.*m_field;
    const ParameterInfo info = parameterInfo(state, axis.parameter);
    showParameters(m_parameter, axisParametersOf(state), axis.parameter);
    showParameterValue(m_from, info, axis.from);
    showParameterValue(m_to, info, axis.to);
    const QSignalBlocker blocker(m_count);
    m_count->setValue(axis.count);
}

}  // namespace vitrine
