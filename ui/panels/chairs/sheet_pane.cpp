// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/sheet_pane.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/recipe/drawn_style.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/image_convert.h"
#include "ui/panel_kit/bindings.h"
#include "ui/panels/chairs/axis_editor.h"
#include "ui/panels/chairs/axis_labels.h"
#include "ui/panels/chairs/controls.h"
#include "ui/panels/chairs/image_compositor.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/number_field.h"
#include "ui/shell/theme.h"
#include "ui/views/picture_sheet_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kSheetRestMs = 150;
constexpr std::size_t kMaxWithoutAsking = 400;
constexpr int kSettingsWidth = 304;

std::size_t nearestIndex(const std::vector<double>& values, double value) {
    const auto nearest = std::min_element(values.begin(), values.end(), [value](double a, double b) {
        return std::abs(a - value) < std::abs(b - value);
    });
    return std::size_t(nearest - values.begin());
}

}  // namespace

SheetPane::SheetPane(RecipeKind kind,
                     ChairStateStore& store,
                     ChairService& service,
                     ImageCompositor& compositor,
                     const StyleGalleryModel& gallery,
                     QWidget* parent)
    : QWidget(parent),
      m_kind(kind),
      m_store(store),
      m_service(service),
      m_compositor(compositor),
      m_gallery(gallery) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kSheetRestMs);
    buildLayout();
    connectSignals();
}

void SheetPane::buildLayout() {
    auto* settings = new QWidget;
    auto* column = new QVBoxLayout(settings);
    column->setContentsMargins(0, 0, measure::kGap, 0);
    column->setSpacing(measure::kGap);
    m_make = new QPushButton(settings);
    m_make->setObjectName(m_kind == RecipeKind::Grid ? u"chairs.grid.make"_s : u"chairs.morph.make"_s);
    m_make->setAccessibleName(tr("Make the pictures"));
    m_make->hide();
    if (m_kind == RecipeKind::Grid)
        buildGridSettings(column);
    else
        buildMorphSettings(column);
    column->addWidget(m_make);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(m_kind == RecipeKind::Grid ? u"chairs.grid.settings"_s
                                                     : u"chairs.morph.settings"_s);
    scroll->setAccessibleName(m_kind == RecipeKind::Grid ? tr("Settings of the grid")
                                                         : tr("Settings of the morph"));
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setWidget(settings);
    scroll->setFixedWidth(kSettingsWidth);
    scroll->viewport()->setAutoFillBackground(false);
    settings->setAutoFillBackground(false);

    m_view = new PictureSheetView(this);
    m_view->setObjectName(m_kind == RecipeKind::Grid ? u"chairs.grid"_s : u"chairs.morph"_s);
    m_view->setAccessibleName(m_kind == RecipeKind::Grid ? tr("Grid of chairs") : tr("Frames of the morph"));
    m_view->setPlaceholder(tr("Open a model and fill slot A: the pictures appear here."));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::kGroupGap);
    layout->addWidget(scroll);
    layout->addWidget(m_view, 1);
}

void SheetPane::buildGridSettings(QVBoxLayout* layout) {
    layout->addWidget(
        new AxisEditor(m_store, &ChairPanelState::columns, u"chairs.columns"_s, tr("Columns"), this));
    layout->addWidget(new AxisEditor(m_store, &ChairPanelState::rows, u"chairs.rows"_s, tr("Rows"), this));
}

void SheetPane::buildMorphSettings(QVBoxLayout* layout) {
    layout->addWidget(
        new AxisEditor(m_store, &ChairPanelState::frames, u"chairs.frames"_s, tr("Frames"), this));
    QComboBox* schedule = makeChoice(u"chairs.schedule"_s,
                                     tr("Steps"),
                                     {{tr("Equal steps"), int(MorphSchedule::Linear)},
                                      {tr("The paper's steps"), int(MorphSchedule::Paper)}},
                                     this);
    schedule->setToolTip(
        tr("The paper shows w = 1, .65, .57, .5, .43, .35, 0: small steps in the middle, where most of the "
           "change happens."));
    auto* fps = new WholeField(this);
    fps->setObjectName(u"chairs.fps"_s);
    fps->setAccessibleName(tr("Frames per second of the GIF"));
    fps->setToolTip(fps->accessibleName());
    fps->setRange(1, 50);
    fps->setSuffix(tr(" fps"));
    fps->setButtonSymbols(QAbstractSpinBox::NoButtons);
    fps->setFixedWidth(62);
    auto* row = makeRow(tr("Steps"), schedule, this);
    row->itemAt(0)->widget()->setFixedWidth(60);
    row->setSpacing(4);
    row->addWidget(fps);
    layout->addLayout(row);
    bindControl(
        schedule, m_store, u"schedule"_s, tr("Change the steps"), [](ChairPanelState& state, int chosen) {
            state.schedule = MorphSchedule(chosen);
            if (state.schedule == MorphSchedule::Paper) state.frames.count = 7;
        });
    bindControl(fps, m_store, u"fps"_s, tr("Change the frame rate"), &ChairPanelState::framesPerSecond);
    const auto show = [this, schedule, fps] {
        showChoice(schedule, int(m_store.state().schedule));
        const QSignalBlocker blocker(fps);
        fps->setValue(m_store.state().framesPerSecond);
    };
    connect(&m_store, &ChairStateStore::settingsChanged, this, show);
    show();
}

void SheetPane::connectSignals() {
    connect(&m_store, &ChairStateStore::changed, this, &SheetPane::stateChanged);
    connect(&m_service, &ChairService::stateChanged, this, [this] {
        m_made.clear();
        stateChanged();
    });
    connect(&m_compositor, &ImageCompositor::changed, this, [this] { showCells(0); });
    connect(&m_rest, &QTimer::timeout, this, &SheetPane::make);
    connect(m_make, &QPushButton::clicked, this, &SheetPane::make);
    connect(m_view, &PictureSheetView::cellActivated, this, &SheetPane::activateCell);
    connect(&m_service,
            &ChairService::batchPicturesReady,
            this,
            [this](quint64 batch, int first, const std::vector<ChairPicture>& pictures) {
                if (batch != m_batch) return;
                m_pictures.insert(m_pictures.end(), pictures.begin(), pictures.end());
                showCells(first);
            });
    const auto ended = [this](quint64 batch) {
        if (batch != m_batch) return;
        m_batch = 0;
        Q_EMIT settledChanged();
    };
    connect(&m_service, &ChairService::batchFinished, this, ended);
    connect(&m_service, &ChairService::batchFailed, this, ended);
}

void SheetPane::setActive(bool active) {
    if (active == m_active) return;
    m_active = active;
    if (active)
        stateChanged();
    else
        cancel();
}

bool SheetPane::isSettled() const {
    return !m_active || (m_batch == 0 && !m_rest.isActive());
}

void SheetPane::stateChanged() {
    if (!m_active) return;
    m_wanted.clear();
    const ChairRecipe recipe = recipeWithoutState(m_store.state(), m_kind);
    if (m_service.model() && m_service.state() == ChairService::State::Ready) {
        auto requests = requestsOf(recipe, m_service.model()->styleIds);
        if (requests) m_wanted = std::move(*requests);
        m_view->setPlaceholder(requests ? QString() : QString::fromStdString(requests.error().message));
    }
    if (m_wanted == m_made) return showPlace();
    cancel();
    const bool large = m_wanted.size() > kMaxWithoutAsking;
    m_make->setVisible(large);
    m_make->setText(tr("Make %1 pictures").arg(m_wanted.size()));
    if (!large) m_rest.start();
}

void SheetPane::cancel() {
    m_rest.stop();
    if (m_batch != 0) {
        m_service.cancelBatch(m_batch);
        m_made.clear();
    }
    m_batch = 0;
    Q_EMIT settledChanged();
}

void SheetPane::make() {
    m_made = m_wanted;
    m_recipe = recipeWithoutState(m_store.state(), m_kind);
    m_pictures.clear();
    if (m_wanted.empty()) {
        m_view->reset(0, 0);
    } else if (m_kind == RecipeKind::Grid) {
        m_view->reset(int(m_recipe.rows.values.size()),
                      int(m_recipe.columns.values.size()),
                      labelsOf(m_recipe.rows),
                      labelsOf(m_recipe.columns));
    } else {
        m_view->reset(1, int(m_recipe.frames.values.size()), {}, labelsOf(m_recipe.frames));
    }
    m_batch = m_service.requestBatch(m_wanted);
    showPlace();
    Q_EMIT settledChanged();
}

void SheetPane::showCells(int first) {
    for (std::size_t i = std::size_t(first); i < m_pictures.size(); ++i) {
        m_view->setCell(int(i), toQImage(m_compositor.finish(m_pictures[i].premultiplied)));
    }
}

void SheetPane::showPlace() {
    if (m_made.empty() || m_view->numCells() == 0) return;
    const std::size_t cell =
        m_kind == RecipeKind::Morph
            ? placeOn(m_recipe.frames)
            : placeOn(m_recipe.rows) * m_recipe.columns.values.size() + placeOn(m_recipe.columns);
    if (int(cell) != m_view->currentCell()) m_view->setCurrentCell(int(cell));
}

void SheetPane::activateCell(int index) {
    m_store.changeOnce(u"cell"_s, tr("Show this picture"), [this, index](ChairPanelState& state) {
        const auto at = std::size_t(index);
        if (m_kind == RecipeKind::Morph) return setTo(state, m_recipe.frames, at);
        const std::size_t numColumns = m_recipe.columns.values.size();
        setTo(state, m_recipe.rows, at / numColumns);
        setTo(state, m_recipe.columns, at % numColumns);
    });
}

QStringList SheetPane::labelsOf(const RecipeAxis& axis) const {
    return axisLabels(axis, m_store.state(), m_gallery, m_service.model()->styleIds);
}

/// Where the state is on the axis, or nearest to.
std::size_t SheetPane::placeOn(const RecipeAxis& axis) const {
    if (axis.parameter != kChairParameter)
        return nearestIndex(axis.values, parameterValue(m_store.state(), axis.parameter));
    const auto index = styleIndexOf(pureStyleOf(shownMix(m_store.state())), m_service.model()->styleIds);
    return index ? nearestIndex(axis.values, double(*index)) : 0;
}

void SheetPane::setTo(ChairPanelState& state, const RecipeAxis& axis, std::size_t place) const {
    if (axis.parameter != kChairParameter) return setParameter(state, axis.parameter, axis.values[place]);
    state.slots[0] = {{styleIdOf(int(axis.values[place]), m_service.model()->styleIds), -1, 1}};
    state.u = state.v = 0;
}

}  // namespace vitrine
