// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/chair_section.h"

#include <QVBoxLayout>

#include "core/recipe/drawn_style.h"
#include "ui/bridge/style_names.h"
#include "ui/panel_kit/bindings.h"
#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMinWords = 12;  ///< characters of the style's box
}

UnitChairSection::UnitChairSection(UnitStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    m_style = makeChoice(u"units.style"_s, tr("Chair"), {}, this);
    m_style->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_style->setMinimumContentsLength(kMinWords);
    m_style->setToolTip(tr("You can also drag a chair here from Chairs"));
    m_azimuth = new LabeledSlider({.id = u"units.azimuth"_s,
                                   .label = tr("Azimuth"),
                                   .unit = u"°"_s,
                                   .tip = tr("The paper's 310° is not a trained view"),
                                   .minimum = 0,
                                   .maximum = 360,
                                   .reset = 310,
                                   .step = 1,
                                   .decimals = 0,
                                   .wraps = true},
                                  this);
    m_elevation = new LabeledSlider({.id = u"units.elevation"_s,
                                     .label = tr("Elevation"),
                                     .unit = u"°"_s,
                                     .tip = tr("Trained at 20° and 30°"),
                                     .minimum = 0,
                                     .maximum = 60,
                                     .reset = 30,
                                     .step = 1,
                                     .decimals = 0,
                                     .ticks = {20, 30}},
                                    this);
    LabeledSlider::alignLabels({m_azimuth, m_elevation});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    for (QWidget* row : std::initializer_list<QWidget*>{m_style, m_azimuth, m_elevation})
        column->addWidget(row);
    connect(m_style, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index < 0) return;
        m_store.changeOnce(u"style"_s, tr("Choose a chair"), [this, index](UnitState& state) {
            const std::string id = m_style->itemData(index).toString().toStdString();
            state.recipe.chair.corners = {{{id, styleIndexOf(id, m_styleIds).value_or(-1), 1}}};
        });
    });
    const auto turn = [this](LabeledSlider* slider, float ChairView::*angle) {
        bindControl(
            slider, m_store, u"view"_s, tr("Turn the chair"), [angle](UnitState& state, double degrees) {
                state.recipe.chair.view.*angle = float(degrees);
            });
    };
    turn(m_azimuth, &ChairView::azimuthDeg);
    turn(m_elevation, &ChairView::elevationDeg);
}

void UnitChairSection::setModel(const ChairModelInfo& model) {
    const QSignalBlocker silent(m_style);
    m_style->clear();
    m_styleIds = model.styleIds;
    for (const std::string& id : m_styleIds) addStyle(QString::fromStdString(id));
    showState();
}

void UnitChairSection::addStyle(const QString& id) {
    m_style->addItem(m_names.value(id, styleName(id)), id);
}

void UnitChairSection::setNames(const QHash<QString, QString>& names) {
    m_names = names;
    for (int i = 0; i < m_style->count(); ++i) {
        const QString id = m_style->itemData(i).toString();
        m_style->setItemText(i, m_names.value(id, styleName(id)));
    }
}

void UnitChairSection::showState() {
    const ChairRecipe& chair = m_store.state().recipe.chair;
    m_azimuth->setValue(double(chair.view.azimuthDeg));
    m_elevation->setValue(double(chair.view.elevationDeg));
    const QSignalBlocker silent(m_style);
    const RecipeMix& mix = chair.corners.front();
    const RecipeStyle style = mix.size() == 1 ? mix.front() : RecipeStyle();
    const QString id = QString::fromStdString(style.id);
    if (m_style->findData(id) < 0 && drawnStyleSeed(style.id)) addStyle(id);
    const int byId = m_style->findData(id);
    m_style->setCurrentIndex(style.id.empty() ? style.index : byId);
}

}  // namespace vitrine
