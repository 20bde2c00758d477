// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_strip_pane.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/unit_service.h"
#include "ui/shell/controls.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/theme.h"
#include "ui/views/tile_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kByNumber = -1;
constexpr int kStepSide = 96, kFilterSide = 50, kMapSide = 64;

}  // namespace

UnitStripPane::UnitStripPane(UnitStore& store, QAction* stop, QWidget* parent)
    : QWidget(parent), m_store(store) {
    m_pages = new QStackedWidget(this);
    m_units = new TileView(u"units.sheet"_s, tr("Units of the layer"), kUnitThumbnail, m_pages);
    m_steps = new TileView(u"units.steps"_s, tr("Seven steps of the value"), kStepSide, m_pages);
    m_filters = new TileView(u"units.filters"_s, tr("Filters of the last layer"), kFilterSide, m_pages);
    m_maps = new TileView(u"units.maps"_s, tr("Feature maps of the chair"), kMapSide, m_pages);
    m_latent =
        new TileView(u"units.latent"_s, tr("Latent channels of the segmentation CVAE"), kMapSide, m_pages);
    for (TileView* view : {m_units, m_steps, m_filters, m_maps, m_latent}) m_pages->addWidget(view);
    m_units->setPlaceholder(tr("Units appear here as soon as there is a network."));
    m_maps->setPlaceholder(tr("FC-5 and later layers have maps: choose one of them."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kStageGap - 4, measure::kGap / 2, measure::kGap, 0);
    column->setSpacing(0);
    column->addWidget(buildHead(stop));
    column->addWidget(m_pages, 1);
    connectSignals();
}

QWidget* UnitStripPane::buildHead(QAction* stop) {
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(4, 0, measure::kGap, 0);
    row->setSpacing(measure::kGap / 2);
    m_tabs = new QButtonGroup(this);
    const auto tab = [this, head, row](
                         const QString& id, const QString& text, const QString& tip, UnitStrip strip) {
        auto* button = new QToolButton(head);
        button->setObjectName(u"units.tab."_s + id);
        button->setText(text);
        button->setAccessibleName(text);
        button->setToolTip(tip);
        button->setCheckable(true);
        button->setFixedHeight(measure::kRow);
        button->setFocusPolicy(Qt::StrongFocus);
        m_tabs->addButton(button, int(strip));
        row->addWidget(button);
    };
    tab(u"units"_s, tr("Units"), tr("The effect of every unit of the layer"), UnitStrip::Units);
    tab(u"steps"_s,
        tr("Steps"),
        tr("Seven steps of the value, from a seventh of it to all of it"),
        UnitStrip::Steps);
    tab(u"filters"_s, tr("Filters"), tr("The weights of each map of the last layer"), UnitStrip::Filters);
    tab(u"maps"_s,
        tr("Maps"),
        tr("The chair's feature maps, those with a regular pattern first"),
        UnitStrip::Maps);
    tab(u"latent"_s,
        tr("Latent"),
        tr("The effect of the latent channels of the segmentation CVAE"),
        UnitStrip::Latent);
    std::vector<std::pair<QString, int>> measures{{tr("By number"), kByNumber}};
    for (const EffectMeasureInfo& info : effectMeasures())
        measures.emplace_back(tr("By %1").arg(QString::fromUtf8(info.label).toLower()), int(info.measure));
    m_measure = makeChoice(u"units.measure"_s, tr("Sort the units"), measures, head);
    m_measure->setMinimumWidth(m_measure->fontMetrics().horizontalAdvance(m_measure->itemText(0)) + 48);
    m_stream = makeChoice(
        u"units.stream"_s, tr("Which filters"), {{tr("Into RGB"), 0}, {tr("Into the mask"), 1}}, head);
    m_note = new ElidedLabel(head);
    m_note->setObjectName(u"units.note"_s);
    m_note->setFont(Theme::font(TextRole::Caption));
    m_note->setProperty("role", u"caption"_s);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_stop = new QToolButton(head);
    m_stop->setDefaultAction(stop);
    m_stop->setObjectName(u"units.stop.button"_s);
    m_stop->setAccessibleName(tr("Stop exploring the units"));
    m_stop->setFocusPolicy(Qt::StrongFocus);
    m_stop->setFixedSize(measure::kRow, measure::kRow);
    m_stop->setVisible(false);
    row->addSpacing(measure::kGap);
    row->addWidget(m_measure);
    row->addWidget(m_stream);
    row->addWidget(m_note, 1);
    row->addWidget(m_stop);
    return head;
}

void UnitStripPane::connectSignals() {
    connect(m_tabs, &QButtonGroup::idClicked, this, [this](int strip) {
        m_store.changeOnce(u"strip"_s, tr("Explore something else"), [strip](UnitState& state) {
            state.strip = UnitStrip(strip);
        });
    });
    connect(m_measure, &QComboBox::currentIndexChanged, this, [this] {
        const int measure = m_measure->currentData().toInt();
        m_store.changeOnce(u"measure"_s, tr("Sort the units"), [measure](UnitState& state) {
            state.recipe.measure =
                measure == kByNumber ? std::nullopt : std::optional(EffectMeasure(measure));
        });
    });
    connect(m_stream, &QComboBox::currentIndexChanged, this, [this] {
        const bool mask = m_stream->currentData().toInt() == 1;
        m_store.changeOnce(
            u"stream"_s, tr("Choose filters"), [mask](UnitState& state) { state.recipe.mask = mask; });
    });
}

void UnitStripPane::showState() {
    const UnitState& state = m_store.state();
    m_tabs->button(int(state.strip))->setChecked(true);
    m_pages->setCurrentIndex(int(state.strip));
    m_measure->setVisible(state.strip == UnitStrip::Units);
    m_stream->setVisible(state.strip == UnitStrip::Filters);
    showChoice(m_measure, state.recipe.measure ? int(*state.recipe.measure) : kByNumber);
    showChoice(m_stream, state.recipe.mask ? 1 : 0);
    m_measure->setToolTip(state.recipe.measure ? QString::fromUtf8(infoOf(*state.recipe.measure).definition)
                                               : QString());
}

void UnitStripPane::setNote(const QString& text, const QString& tip) {
    m_note->setText(text);
    m_note->setToolTip(tip);
}

void UnitStripPane::setSweeping(bool sweeping) {
    m_stop->setVisible(sweeping);
}

}  // namespace vitrine
