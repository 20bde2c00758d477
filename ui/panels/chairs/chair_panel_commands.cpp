// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <algorithm>

#include "core/base/random.h"
#include "core/explore/drawn_style.h"
#include "ui/bridge/chair_service.h"
#include "ui/panels/chairs/chair_animator.h"
#include "ui/panels/chairs/chair_exporter.h"
#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/chairs/chair_stage.h"
#include "ui/panels/chairs/chair_strip.h"
#include "ui/panels/chairs/stage_presenter.h"
#include "ui/panels/chairs/style_browser.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/panels/chairs/view_section.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/theme.h"
#include "ui/views/picture_zoom.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

Command makeCommand(
    const char* id, const QString& text, const QString& icon, const QString& key, const QString& group) {
    Command command;
    command.id = u"chairs."_s + QString::fromLatin1(id);
    command.text = text;
    command.icon = icon;
    if (!key.isEmpty()) command.keys = {QKeySequence(key)};
    command.context = u"chairs"_s;
    command.menu = u"Chairs"_s;
    command.group = group;
    return command;
}

}  // namespace

void ChairPanel::addCommands() {
    addStyleCommands();
    addViewCommands();
    addPictureCommands();
    addFileCommands();
}

void ChairPanel::addStyleCommands() {
    ActionRegistry& actions = services().actions;
    const auto add = [&actions](Command command, const QString& tip, std::function<void(bool)> handler) {
        command.tip = tip;
        command.handler = std::move(handler);
        actions.add(std::move(command));
    };
    const QString group = u"styles"_s;
    add(makeCommand("random", tr("&Random chair"), u"shuffle"_s, u"R"_s, group),
        tr("Put one of the styles that the gallery shows into slot A, at random."),
        [this](bool) { useRandomStyle(); });
    add(makeCommand("newChair", tr("New &chair"), u"new-chair"_s, u"C"_s, group),
        tr("Draw a chair that does not exist into the slot that is shown. Each is kept under More styles, by its seed."),
        [this](bool) { useNewChair(); });
    add(makeCommand("randomMix", tr("Random &mix"), {}, u"Shift+R"_s, group),
        tr("Put a chair that does not exist into slot A: three styles in random proportions."),
        [this](bool) { useRandomMix(); });
    add(makeCommand("average", tr("A&verage of the slots"), u"average"_s, u"M"_s, group),
        tr("Put the mean of all filled slots into slot A."),
        [this](bool) { useAverage(); });
    add(makeCommand("swap", tr("S&wap A and B"), u"swap"_s, u"X"_s, group),
        tr("Exchange the two ends; the picture stays."),
        [this](bool) {
            m_store->changeOnce(u"slots"_s, tr("Swap styles"), [](ChairPanelState& state) {
                if (state.slots[1].empty()) return;
                std::swap(state.slots[0], state.slots[1]);
                std::swap(state.slots[2], state.slots[3]);
                if (!state.arithmetic) state.u = 1 - state.u;
                compactSlots(state);
            });
        });
    Command arithmetic =
        makeCommand("arithmetic", tr("&Arithmetic A − B + C"), u"plus"_s, u"Shift+A"_s, group);
    arithmetic.checkable = true;
    add(arithmetic,
        tr("The slider runs from A to A − B + C: what C has and B has not is added to A. Fill slot C first."),
        [this](bool on) {
            m_store->changeOnce(u"arithmetic"_s, tr("Switch arithmetic"), [on](ChairPanelState& state) {
                state.arithmetic = on;
                if (styleMode(state) == StyleMode::Arithmetic) state.u = 1;
            });
            if (on && styleMode(m_store->state()) != StyleMode::Arithmetic) {
                services().messages.showMessage(MessageKind::Info,
                                                tr("Fill slots B and C to see A − B + C."));
            }
        });
    add(makeCommand("findStyle", tr("&Find a style"), u"search"_s, u"Ctrl+F"_s, group),
        tr("Go to the gallery's search field."),
        [this](bool) {
            m_store->changeOnce(u"strip"_s, tr("Change the strip"), [](ChairPanelState& state) {
                state.strip = StripMode::Styles;
            });
            m_strip->browser()->focusSearch();
        });
}

void ChairPanel::addViewCommands() {
    ActionRegistry& actions = services().actions;
    const QString group = u"view"_s;
    struct Turn {
        const char* id;
        QString text;
        QString key;
        int right;
        int up;
    };
    for (const Turn& way : {Turn{"turnLeft", tr("Turn &left"), u"Alt+Left"_s, -1, 0},
                            Turn{"turnRight", tr("Turn ri&ght"), u"Alt+Right"_s, 1, 0},
                            Turn{"cameraUp", tr("Camera &up"), u"Alt+Up"_s, 0, 1},
                            Turn{"cameraDown", tr("Camera &down"), u"Alt+Down"_s, 0, -1}}) {
        Command command = makeCommand(way.id, way.text, {}, way.key, group);
        command.handler = [this, way](bool) { turn(way.right, way.up); };
        actions.add(std::move(command));
    }
    Command snap = makeCommand("snap", tr("S&nap to trained views"), u"snap"_s, u"N"_s, group);
    snap.checkable = true;
    snap.tip = tr("Turning stops at the views that the network was trained on.");
    snap.handler = [this](bool on) {
        m_store->changeOnce(u"snap"_s, tr("Switch the snap"), [on](ChairPanelState& state) {
            state.snapToTrainedViews = on;
        });
    };
    actions.add(std::move(snap));
    Command resetView = makeCommand("resetView", tr("Reset the &viewpoint"), {}, {}, group);
    resetView.handler = [this](bool) {
        m_store->changeOnce(u"azimuth"_s, tr("Reset the viewpoint"), [](ChairPanelState& state) {
            state.view = ChairPanelState{}.view;
        });
    };
    actions.add(std::move(resetView));
    Command resetTheta = makeCommand("resetTheta", tr("Reset all of &theta"), u"reset"_s, u"Ctrl+0"_s, group);
    resetTheta.tip = tr("Set all eight values of theta back to the identity.");
    resetTheta.handler = [this](bool) {
        m_store->changeOnce(u"theta"_s, tr("Reset theta"), [](ChairPanelState& state) { state.theta = {}; });
    };
    actions.add(std::move(resetTheta));
    Command removeUnits = makeCommand("removeUnits", tr("Remove all &units"), u"trash"_s, {}, group);
    removeUnits.tip = tr("Take away the sliders of single units that Units has handed over.");
    removeUnits.handler = [this](bool) {
        m_store->changeOnce(
            u"units"_s, tr("Remove the units"), [](ChairPanelState& state) { state.units.clear(); });
    };
    actions.add(std::move(removeUnits));
}

void ChairPanel::addPictureCommands() {
    ActionRegistry& actions = services().actions;
    Command play = makeCommand("play", tr("&Play the animation"), u"play"_s, u"P"_s, u"animation"_s);
    play.checkable = true;
    play.tip = tr("Run the animated value through its range, or stop.");
    play.handler = [this](bool on) { m_animator->setPlaying(on); };
    QAction* action = actions.add(std::move(play));
    connect(m_animator, &ChairAnimator::playingChanged, action, [action](bool playing) {
        action->setChecked(playing);
        action->setIcon(Theme::icon(playing ? u"pause"_s : u"play"_s));
    });
    Command compare = makeCommand("compare", tr("Real chair &beside it"), u"compare"_s, u"D"_s, u"picture"_s);
    compare.tip =
        tr("Show nothing, the real chair, or the real chair and the difference beside the picture.");
    compare.handler = [this](bool) {
        m_store->changeOnce(u"compare"_s, tr("Change the comparison"), [](ChairPanelState& state) {
            state.compare = CompareMode((int(state.compare) + 1) % 3);
        });
    };
    actions.add(std::move(compare));
    Command smooth =
        makeCommand("pixels", tr("Smooth or square pi&xels"), u"zoom-in"_s, u"Z"_s, u"picture"_s);
    smooth.handler = [this](bool) {
        m_store->changeOnce(u"smooth"_s, tr("Change the scaling"), [](ChairPanelState& state) {
            state.smooth = !state.smooth;
        });
    };
    actions.add(std::move(smooth));
    addZoomCommands();
    Command background =
        makeCommand("background", tr("Next bac&kground"), u"checkerboard"_s, u"B"_s, u"picture"_s);
    background.tip = tr("White, black, checkerboard, your own picture if you chose one.");
    background.handler = [this](bool) {
        m_store->changeOnce(u"background"_s, tr("Change the background"), [](ChairPanelState& state) {
            const int count = state.backgroundFile.empty() ? 3 : 4;
            state.background = BackgroundKind((int(state.background) + 1) % count);
        });
    };
    actions.add(std::move(background));
}

void ChairPanel::addZoomCommands() {
    ActionRegistry& actions = services().actions;
    const auto add = [&actions](
                         Command command, const QList<QKeySequence>& keys, std::function<void()> handler) {
        command.keys = keys;
        command.handler = [handler = std::move(handler)](bool) { handler(); };
        actions.add(std::move(command));
    };
    add(makeCommand("zoomIn", tr("Zoom &in"), {}, {}, u"zoom"_s),
        {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)},
        [this] { m_stage->zoomBy(PictureZoom::kKeyFactor); });
    add(makeCommand("zoomOut", tr("Zoom o&ut"), {}, {}, u"zoom"_s), {QKeySequence(Qt::Key_Minus)}, [this] {
        m_stage->zoomBy(1 / PictureZoom::kKeyFactor);
    });
    add(makeCommand("zoomFit", tr("&Fit the pictures"), {}, {}, u"zoom"_s),
        {QKeySequence(Qt::Key_0)},
        [this] { m_stage->fitPictures(); });
}

void ChairPanel::addFileCommands() {
    ActionRegistry& actions = services().actions;
    struct Export {
        const char* id;
        QString text;
        QString icon;
        QString key;
        QString tip;
        ChairExporter::Format format;
    };
    using Format = ChairExporter::Format;
    for (const Export& item :
         {Export{"exportPicture",
                 tr("&Export picture…"),
                 u"export"_s,
                 u"Ctrl+E"_s,
                 tr("A PNG with its recipe inside; dropping it on the window brings the state back."),
                 Format::Picture},
          Export{"exportSheet",
                 tr("Export &contact sheet…"),
                 u"grid"_s,
                 u"Ctrl+Shift+E"_s,
                 tr("The grid, or the morph's frames side by side, as one PNG."),
                 Format::Sheet},
          Export{"exportFrames",
                 tr("Export &frames…"),
                 u"film"_s,
                 {},
                 tr("The morph as a numbered sequence of PNGs."),
                 Format::Frames},
          Export{"exportGif",
                 tr("Export &GIF…"),
                 u"loop"_s,
                 {},
                 tr("The morph as a looping GIF."),
                 Format::Gif}}) {
        Command command = makeCommand(item.id, item.text, item.icon, item.key, u"export"_s);
        command.tip = item.tip;
        command.handler = [this, format = item.format](bool) { m_exporter->askAndExport(format); };
        actions.add(std::move(command));
    }
    Command copy = makeCommand("copyPicture", tr("Copy &picture"), u"copy"_s, u"Ctrl+C"_s, u"export"_s);
    copy.handler = [this](bool) { m_exporter->copyPicture(m_presenter->generatedImage()); };
    actions.add(std::move(copy));
    Command segment = makeCommand(
        "openInSegmentation", tr("Open in Se&gmentation"), u"segmentation"_s, u"Ctrl+Shift+G"_s, u"export"_s);
    segment.tip = tr("Hide part of this picture and see the answers that are possible.");
    segment.handler = [this](bool) { m_exporter->handOver(u"segmentation"_s); };
    actions.add(std::move(segment));
    Command model = makeCommand("openModel", tr("Open a m&odel…"), u"open"_s, {}, u"files"_s);
    model.tip = tr("A weight file (.safetensors) with other chairs or another network.");
    model.handler = [this](bool) { askForModel(); };
    actions.add(std::move(model));
    Command picture =
        makeCommand("chooseBackground", tr("Choose a background pict&ure…"), u"image"_s, {}, u"files"_s);
    picture.handler = [this](bool) { askForBackground(); };
    actions.add(std::move(picture));
}

void ChairPanel::fillHeader() {
    const ActionRegistry& actions = services().actions;
    for (const char* id :
         {"chairs.newChair", "chairs.random", "chairs.swap", "chairs.arithmetic", "chairs.compare", "chairs.play"}) {
        addHeaderAction(actions.action(QString::fromLatin1(id)));
    }
    setPrimaryAction(actions.action(u"chairs.exportPicture"_s));
    for (const char* id : {"chairs.openInSegmentation",
                           "chairs.copyPicture",
                           "chairs.exportSheet",
                           "chairs.exportFrames",
                           "chairs.exportGif",
                           "chairs.randomMix",
                           "chairs.average",
                           "chairs.openModel",
                           "chairs.chooseBackground"}) {
        addOverflowAction(actions.action(QString::fromLatin1(id)));
    }
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
