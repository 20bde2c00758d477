// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <algorithm>

#include "core/base/random.h"
#include "core/recipe/drawn_style.h"
#include "ui/bridge/chair_service.h"
#include "ui/panels/chairs/chair_animator.h"
#include "ui/panels/chairs/chair_exporter.h"
#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/chairs/chair_stage.h"
#include "ui/panels/chairs/chair_strip.h"
#include "ui/panels/chairs/nearest_style_search.h"
#include "ui/panels/chairs/stage_presenter.h"
#include "ui/panels/chairs/style_browser.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/panels/chairs/view_section.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/theme.h"
#include "ui/views/picture_zoom.h"

namespace vitrine {

using namespace Qt::StringLiterals;

void ChairPanel::addCommands() {
    addStyleCommands();
    addViewCommands();
    addPictureCommands();
    addFileCommands();
    addFitCommands();
}

void ChairPanel::addStyleCommands() {
    const QString group = u"styles"_s;
    addCommand(command(u"random"_s,
                       group,
                       tr("&Random chair"),
                       u"shuffle"_s,
                       tr("Put a random style from the gallery into slot A.")),
               {Qt::Key_R},
               [this] { useRandomStyle(); });
    addCommand(command(u"newChair"_s,
                       group,
                       tr("New &chair"),
                       u"new-chair"_s,
                       tr("Draw a new chair, which does not exist, into the current slot. New chairs are "
                          "kept under More styles, by seed.")),
               {Qt::Key_C},
               [this] { useNewChair(); });
    addCommand(command(u"randomMix"_s,
                       group,
                       tr("Random &mix"),
                       {},
                       tr("Put a mix of three styles in random proportions into slot A.")),
               {Qt::SHIFT | Qt::Key_R},
               [this] { useRandomMix(); });
    addCommand(command(u"average"_s,
                       group,
                       tr("A&verage of the slots"),
                       u"average"_s,
                       tr("Put the mean of all filled slots into slot A.")),
               {Qt::Key_M},
               [this] { useAverage(); });
    addCommand(command(u"turnOwn"_s,
                       group,
                       tr("&Turn own chair"),
                       u"turntable"_s,
                       tr("Turn your own chair that is shown if it lies on its back: y or z of its mesh is "
                          "up.")),
               {},
               [this] { turnOwn(ownChairShown()); });
    addCommand(command(u"nearestStyle"_s,
                       group,
                       tr("&Nearest style"),
                       u"search"_s,
                       tr("Show the style that looks most like a chair that the network was not trained on: "
                          "its colours and mask are compared at four views.")),
               {},
               [this] { findNearestStyle(); });
    addCommand(command(u"teach"_s,
                       group,
                       tr("Teac&h the network this chair"),
                       {},
                       tr("A copy of the network learns the chair that is shown, in the background and in "
                          "about ten minutes; the network in use stays as it is.")),
               {},
               [this] { teachPressed(); });
    addCommand(command(u"swap"_s,
                       group,
                       tr("S&wap A and B"),
                       u"swap"_s,
                       tr("Swap the two ends; the picture stays the same.")),
               {Qt::Key_X},
               [this] { swapStyles(); });
    addSwitch(command(u"arithmetic"_s,
                      group,
                      tr("&Arithmetic A − B + C"),
                      u"plus"_s,
                      tr("The slider runs from A to A − B + C: the difference between C and B is added to A. "
                         "Fill slot C first.")),
              {Qt::SHIFT | Qt::Key_A},
              false,
              [this](bool on) { setArithmetic(on); });
    addCommand(
        command(
            u"findStyle"_s, group, tr("&Find a style"), u"search"_s, tr("Go to the gallery's search field.")),
        {Qt::CTRL | Qt::Key_F},
        [this] {
            m_store->changeOnce(u"strip"_s, tr("Change the strip"), [](ChairPanelState& state) {
                state.strip = StripMode::Styles;
            });
            m_strip->browser()->focusSearch();
        });
}

void ChairPanel::swapStyles() {
    m_store->changeOnce(u"slots"_s, tr("Swap styles"), [](ChairPanelState& state) {
        if (state.slots[1].empty()) return;
        std::swap(state.slots[0], state.slots[1]);
        std::swap(state.slots[2], state.slots[3]);
        if (!state.arithmetic) state.u = 1 - state.u;
        compactSlots(state);
    });
}

void ChairPanel::setArithmetic(bool on) {
    m_store->changeOnce(u"arithmetic"_s, tr("Switch arithmetic"), [on](ChairPanelState& state) {
        state.arithmetic = on;
        if (styleMode(state) == StyleMode::Arithmetic) state.u = 1;
    });
    if (on && styleMode(state()) != StyleMode::Arithmetic)
        services().messages.showMessage(MessageKind::Info, tr("Fill slots B and C to see A − B + C."));
}

void ChairPanel::addViewCommands() {
    const QString group = u"view"_s;
    const auto addTurn = [&](const QString& id, const QString& text, Qt::Key key, int right, int up) {
        addCommand(command(id, group, text), {Qt::ALT | key}, [this, right, up] { m_view->turn(right, up); });
    };
    addTurn(u"turnLeft"_s, tr("Turn &left"), Qt::Key_Left, -1, 0);
    addTurn(u"turnRight"_s, tr("Turn ri&ght"), Qt::Key_Right, 1, 0);
    addTurn(u"cameraUp"_s, tr("Camera &up"), Qt::Key_Up, 0, 1);
    addTurn(u"cameraDown"_s, tr("Camera &down"), Qt::Key_Down, 0, -1);
    addSwitch(command(u"snap"_s,
                      group,
                      tr("S&nap to trained views"),
                      u"snap"_s,
                      tr("Turn in steps from one trained view to the next.")),
              {Qt::Key_N},
              false,
              [this](bool on) {
                  m_store->changeOnce(u"snap"_s, tr("Switch snapping"), [on](ChairPanelState& state) {
                      state.snapToTrainedViews = on;
                  });
              });
    addCommand(command(u"resetView"_s, group, tr("Reset the &viewpoint")), {}, [this] {
        m_store->changeOnce(u"azimuth"_s, tr("Reset the viewpoint"), [](ChairPanelState& state) {
            state.view = ChairPanelState{}.view;
        });
    });
    addCommand(command(u"resetTheta"_s,
                       group,
                       tr("Reset &transformations"),
                       u"reset"_s,
                       tr("Set all eight values of theta to the identity.")),
               {Qt::CTRL | Qt::Key_0},
               [this] {
                   m_store->changeOnce(u"theta"_s, tr("Reset transformations"), [](ChairPanelState& state) {
                       state.theta = {};
                   });
               });
    addCommand(command(u"removeUnits"_s,
                       group,
                       tr("Remove all &units"),
                       u"trash"_s,
                       tr("Remove the sliders of the units sent from the Units panel.")),
               {},
               [this] {
                   m_store->changeOnce(u"units"_s, tr("Remove the units"), [](ChairPanelState& state) {
                       state.units.clear();
                   });
               });
}

void ChairPanel::addPictureCommands() {
    const QString group = u"picture"_s;
    QAction* play = addSwitch(command(u"play"_s,
                                      u"animation"_s,
                                      tr("&Play the animation"),
                                      u"play"_s,
                                      tr("Play or stop the animation of the chosen value.")),
                              {Qt::Key_P},
                              false,
                              [this](bool on) { m_animator->setPlaying(on); });
    connect(m_animator, &ChairAnimator::playingChanged, play, [play](bool playing) {
        play->setChecked(playing);
        play->setIcon(Theme::icon(playing ? u"pause"_s : u"play"_s));
    });
    addCommand(
        command(u"compare"_s,
                group,
                tr("&Show real chair"),
                u"compare"_s,
                tr("Cycle the comparison: nothing, the real chair, or the real chair and the difference.")),
        {Qt::Key_D},
        [this] {
            m_store->changeOnce(u"compare"_s, tr("Change the comparison"), [](ChairPanelState& state) {
                state.compare = CompareMode((int(state.compare) + 1) % 3);
            });
        });
    addCommand(
        command(u"pixels"_s, group, tr("Smooth or square pi&xels"), u"zoom-in"_s), {Qt::Key_Z}, [this] {
            m_store->changeOnce(u"smooth"_s, tr("Change the scaling"), [](ChairPanelState& state) {
                state.smooth = !state.smooth;
            });
        });
    addZoomCommands();
    addCommand(command(u"background"_s,
                       group,
                       tr("Next bac&kground"),
                       u"checkerboard"_s,
                       tr("White, black, checkerboard, or your own picture if you chose one.")),
               {Qt::Key_B},
               [this] {
                   m_store->changeOnce(
                       u"background"_s, tr("Change the background"), [](ChairPanelState& state) {
                           const int count = state.backgroundFile.empty() ? 3 : 4;
                           state.background = BackgroundKind((int(state.background) + 1) % count);
                       });
               });
}

void ChairPanel::addZoomCommands() {
    const QString group = u"zoom"_s;
    addCommand(command(u"zoomIn"_s, group, tr("Zoom &in")), {Qt::Key_Plus, Qt::Key_Equal}, [this] {
        m_stage->zoomBy(PictureZoom::kKeyFactor);
    });
    addCommand(command(u"zoomOut"_s, group, tr("Zoom o&ut")), {Qt::Key_Minus}, [this] {
        m_stage->zoomBy(1 / PictureZoom::kKeyFactor);
    });
    addCommand(command(u"zoomFit"_s, group, tr("&Fit the pictures")), {Qt::Key_0}, [this] {
        m_stage->fitPictures();
    });
}

void ChairPanel::addFileCommands() {
    using Format = ChairExporter::Format;
    const QString group = u"export"_s;
    const auto addExport = [&](const Command& made, const QList<QKeySequence>& keys, Format format) {
        addCommand(made, keys, [this, format] { m_exporter->askAndExport(format); });
    };
    addExport(command(u"exportPicture"_s,
                      group,
                      tr("&Export picture…"),
                      u"export"_s,
                      tr("A PNG with an embedded recipe; drop it on the window to restore the state.")),
              {Qt::CTRL | Qt::Key_E},
              Format::Picture);
    addExport(command(u"exportSheet"_s,
                      group,
                      tr("Export &contact sheet…"),
                      u"grid"_s,
                      tr("The grid, or the morph's frames side by side, with the values at the axes: as PNG, "
                         "or as PDF or SVG, where text stays text.")),
              {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
              Format::Sheet);
    addExport(command(u"exportFrames"_s,
                      group,
                      tr("Export &frames…"),
                      u"film"_s,
                      tr("The morph as a numbered sequence of PNGs.")),
              {},
              Format::Frames);
    addExport(
        command(u"exportGif"_s, group, tr("Export &GIF…"), u"loop"_s, tr("The morph as a looping GIF.")),
        {},
        Format::Gif);
    addExport(command(u"exportWebP"_s,
                      group,
                      tr("Export &WebP…"),
                      u"loop"_s,
                      tr("The morph as a looping WebP: all colours, transparency, and no loss.")),
              {},
              Format::WebP);
    addCommand(command(u"copyPicture"_s, group, tr("Copy &picture"), u"copy"_s),
               {Qt::CTRL | Qt::Key_C},
               [this] { m_exporter->copyPicture(m_presenter->generatedImage()); });
    addCommand(command(u"openInSegmentation"_s,
                       group,
                       tr("Open in Se&gmentation"),
                       u"segmentation"_s,
                       tr("Hide part of this picture and see possible answers.")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_G},
               [this] { m_exporter->handOver(u"segmentation"_s); });
    addCommand(command(u"openModel"_s,
                       u"files"_s,
                       tr("Open a m&odel…"),
                       u"open"_s,
                       tr("A weight file (.safetensors) with other chairs or another network.")),
               {},
               [this] { askForModel(); });
    addCommand(command(u"chooseBackground"_s, u"files"_s, tr("Choose a background pict&ure…"), u"image"_s),
               {},
               [this] { askForBackground(); });
}

void ChairPanel::turn(int right, int up) {
    m_view->turn(right, up);
}

void ChairPanel::useNewChair() {
    if (!m_chairs->model()) return;
    for (int seed : m_store->state().newChairs) m_newestSeed = std::max(m_newestSeed, seed);
    const int seed = ++m_newestSeed % kLargestStyleSeed;
    m_store->changeOnce(u"slots"_s, tr("Draw new chair %1").arg(seed), [seed](ChairPanelState& state) {
        const int slot = shownSlot(state);
        state.slots[std::size_t(slot)] = {{drawnStyleId(seed), -1, 1}};
        rememberNewChair(state, seed);
        showSlot(state, slot);
    });
}

void ChairPanel::useRandomStyle() {
    std::vector<QString> usable;
    const StyleGroup group = m_strip->browser()->group();
    for (int row = 0; row < m_gallery->rowCount(); ++row) {
        const StyleItem& item = m_gallery->itemAt(row);
        if (group != StyleGroup::All && item.group != group) continue;
        if (item.styleIndex >= 0 || !m_chairs->model()) usable.push_back(item.id);
    }
    if (usable.empty()) return;
    Rng rng({quint64(reinterpret_cast<quintptr>(this)), ++m_randomDraws});
    chooseStyle(usable[rng.below(usable.size())], 0);
    m_store->changeOnce(
        u"style"_s, tr("Show style A"), [](ChairPanelState& state) { state.u = state.v = 0; });
}

void ChairPanel::findNearestStyle() {
    if (const StyleItem* chair = m_presenter->unknownChair()) m_nearest->start(*chair->entry, chair->name);
}

/// In every slot that holds the chair.
void ChairPanel::useNearestStyle(const QString& chairId, int styleIndex) {
    const std::string style = styleIdOf(styleIndex, m_chairs->model()->styleIds);
    const QString name = m_gallery->nameOf(chairId);
    const auto replace = [this](const std::string& from, const std::string& to, const QString& text) {
        m_store->changeOnce(u"slots"_s, text, [&](ChairPanelState& state) {
            for (RecipeMix& slot : state.slots) {
                for (RecipeStyle& part : slot)
                    if (part.id == from) part.id = to;
            }
        });
    };
    replace(chairId.toStdString(), style, tr("Show the style nearest to %1").arg(name));
    services().messages.showMessage(
        MessageKind::Good,
        tr("%1 is the nearest to %2 of %3 styles.")
            .arg(m_gallery->nameOf(QString::fromStdString(style)), name)
            .arg(m_chairs->model()->numStyles),
        {},
        {tr("Back to %1").arg(name), [replace, style, id = chairId.toStdString(), name] {
             replace(style, id, tr("Show %1 again").arg(name));
         }});
}

void ChairPanel::useRandomMix() {
    if (!m_chairs->model()) return;
    constexpr int kParts = 3;
    const auto& ids = m_chairs->model()->styleIds;
    Rng rng({quint64(reinterpret_cast<quintptr>(this)), ++m_randomDraws});
    ChairRequest drawn;
    drawn.styleWeights = randomMix(rng, int(ids.size()), kParts);
    setSlot(0, recipeOf(drawn, ids).corners.front(), tr("Use a random mix"));
}

void ChairPanel::useAverage() {
    const ChairPanelState& state = m_store->state();
    const auto numFilled =
        std::ranges::count_if(state.slots, [](const RecipeMix& mix) { return !mix.empty(); });
    if (numFilled < 2)
        return services().messages.showMessage(MessageKind::Info,
                                               tr("Fill at least two slots to average them."));
    RecipeMix all;
    for (const RecipeMix& slot : state.slots) {
        for (RecipeStyle part : slot) {
            part.weight /= float(numFilled);
            const auto same = std::ranges::find_if(all, [&part](const RecipeStyle& other) {
                return other.id == part.id && other.index == part.index;
            });
            if (same == all.end())
                all.push_back(part);
            else
                same->weight += part.weight;
        }
    }
    m_store->changeOnce(u"slots"_s, tr("Average the slots"), [&all](ChairPanelState& changed) {
        changed.slots = {all, {}, {}, {}};
        compactSlots(changed);
    });
}

}  // namespace vitrine
