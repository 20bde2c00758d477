// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileInfo>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "core/io/png.h"
#include "ui/panel_kit/comparison_stage.h"
#include "ui/panel_kit/state_panel.h"
#include "ui/panels/sampling/latent_section.h"
#include "ui/panels/sampling/picture_gallery.h"
#include "ui/panels/sampling/sampling_store.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/theme.h"
#include "ui/views/sample_grid.h"

namespace vitrine {

/// What the view of all samples together can show, of a state's field.
template <class State, class View>
struct SampleViews {
    View State::*field;
    View chosen;       ///< the chosen sample
    View path;         ///< a place on the path between two that are pinned
    View withoutPath;  ///< instead of it where they are pinned no more
};

/// A panel that draws samples of a network's answer, below its stage. Its state derives from SamplingState
/// and has a `model`.
template <class State>
class SamplingPanel : public StatePanel<State> {
protected:
    using StatePanel<State>::StatePanel;
    using StatePanel<State>::m_store;

    void addSampleGrid(const QString& tip) {
        constexpr int kStripHeight = 216;
        constexpr double kStripShare = 0.32;  // of the panel, so that samples grow with it
        m_grid = new SampleGrid(this);
        m_grid->setObjectName(this->info().id + QStringLiteral(".samples"));
        m_grid->setContentsMargins(measure::kStageGap, measure::kGap, measure::kStageGap, measure::kGap);
        m_grid->setToolTip(tip);
        m_grid->setPlaceholder(Panel::tr("Samples appear here as soon as there is a picture and a network."));
        this->setStrip(m_grid, kStripHeight, kStripShare);
    }

    /// Samples are chosen and pinned in the grid, and the section walks from one to another.
    template <class View>
    void bindSamples(const LatentSection* latent, SampleViews<State, View> views) {
        m_pinsChanged = [views](State& state) {
            if (state.*views.field == views.path && !pathEnds(state)) state.*views.field = views.withoutPath;
        };
        this->connect(m_grid, &SampleGrid::sampleChosen, this, [this, views](int sample) {
            m_store->changeOnce(
                QStringLiteral("chosen"), Panel::tr("Choose a sample"), [sample, views](State& state) {
                    state.chosen = sample;
                    state.*views.field = views.chosen;
                });
        });
        this->connect(m_grid, &SampleGrid::pinToggled, this, [this](int sample) {
            m_store->changeOnce(
                QStringLiteral("pin"), Panel::tr("Pin a sample"), [this, sample](State& state) {
                    togglePin(state, sample);
                    m_pinsChanged(state);
                });
        });
        this->connect(latent, &LatentSection::pathMoved, this, [this, views](int step) {
            m_store->change(QStringLiteral("path"),
                            Panel::tr("Interpolate between samples"),
                            [step, views](State& state) {
                                state.pathStep = step;
                                state.*views.field = views.path;
                            });
        });
    }

    void addDrawAgain(const QString& group) {
        this->addCommand(this->command(QStringLiteral("drawAgain"),
                                       group,
                                       Panel::tr("&Draw again"),
                                       QStringLiteral("shuffle"),
                                       Panel::tr("New samples with another seed")),
                         {Qt::CTRL | Qt::Key_R},
                         [this] {
                             m_store->changeOnce(
                                 QStringLiteral("seed"), Panel::tr("Draw again"), [this](State& state) {
                                     drawAgain(state);
                                     m_pinsChanged(state);
                                 });
                         });
    }

    /// The stage's notice asks for what is missing.
    template <class Service>
    void bindNotice(const ComparisonStage* stage,
                    const Service* network,
                    const std::filesystem::path& models) {
        this->connect(stage, &ComparisonStage::noticePressed, this, [this, network, models] {
            if (network->state() == Service::State::Failed)
                this->askForWeights(models);
            else
                this->askForPicture();
        });
    }

    template <class Picture>
    void usePicture(const Picture& picture, const QString& text) {
        m_store->changeOnce(QStringLiteral("picture"), text, [this, &picture](State& state) {
            setPicture(state, picture);
            m_pinsChanged(state);
        });
    }
    template <class Picture>
    void fillGallery(PictureGallery* gallery, const std::vector<Picture>& pictures) {
        gallery->setPictures(
            pictures, [this](const Picture& picture) { usePicture(picture, Panel::tr("Choose a picture")); });
    }

    /// Opens what `read(file)`, a Result, makes of a picture; or, where a file of this panel says how it was
    /// made, the state that `stateOf(recipe)` is.
    template <class Read>
    void openPictureWith(const QString& path,
                         Read read,
                         bool (*isOwn)(const std::string& recipe),
                         Result<State> (*stateOf)(const std::string& recipe)) {
        using Picture = std::decay_t<decltype(read({}).value())>;
        using Opened = std::pair<Picture, std::optional<std::string>>;
        const auto readBoth = [read](const std::filesystem::path& file) -> Result<Opened> {
            VITRINE_TRY(Picture picture, read(file));
            auto recipe = readPngRecipe(file);
            return Opened{std::move(picture), recipe ? std::move(*recipe) : std::nullopt};
        };
        this->load(path, readBoth, [this, isOwn, stateOf](const Opened& opened) {
            const auto& [picture, recipe] = opened;
            if (recipe && isOwn(*recipe)) return this->report(this->restore(stateOf(*recipe)));
            usePicture(picture, Panel::tr("Open a picture"));
        });
    }

    /// Asks for a folder, which `write(result, recipe, folder)`, a Status, fills off the GUI thread.
    template <class Presenter, class Service, class Write>
    void exportWith(const Presenter* presenter, const Service* network, Write write) {
        if (!presenter->result())
            return this->services().messages.showMessage(
                MessageKind::Info, Panel::tr("The answer is still being computed; export it in a moment."));
        const QString folder = this->askForFolder(QStringLiteral("exportFolder"));
        if (folder.isEmpty()) return;
        auto recipe = recipeOf(this->state(), presenter->request());
        if (network->model()) recipe.weightsHash = network->model()->weightsHash;
        this->save([write,
                    result = *presenter->result(),
                    text = recipeToJson(recipe),
                    out = std::filesystem::path(folder.toStdString())] { return write(result, text, out); },
                   Panel::tr("Saved to %1.").arg(folder));
    }

    void useWeights(const QString& path) {
        this->forgetOpened();
        m_store->changeOnce(
            QStringLiteral("model"),
            Panel::tr("Open a network"),
            [file = QFileInfo(path).absoluteFilePath()](State& state) { state.model = file; });
    }

    SampleGrid* m_grid = nullptr;

private:
    std::function<void(State&)> m_pinsChanged;
};

}  // namespace vitrine
