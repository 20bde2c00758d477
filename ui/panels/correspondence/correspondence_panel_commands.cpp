// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "ui/panels/correspondence/correspondence_panel.h"
#include "ui/panels/correspondence/correspondence_stage.h"
#include "ui/shell/action_registry.h"
#include "ui/views/picture_film.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kBrushRadius = 5;  // pixels of the picture

}  // namespace

void CorrespondencePanel::addCommands() {
    addCommand(command(u"openPoints"_s,
                       u"0file"_s,
                       tr("&Open points…"),
                       u"open"_s,
                       tr("CSV with columns x, y and name, in pixels of A")),
               {},
               [this] { askForPoints(); });
    addCommand(command(u"export"_s,
                       u"0file"_s,
                       tr("E&xport…"),
                       u"export"_s,
                       tr("Points, flows, pictures and the morph, into a folder")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
               [this] { exportMatch(); });
    addCommand(command(u"exportAnnotations"_s,
                       u"0file"_s,
                       tr("Export &annotations…"),
                       {},
                       tr("What each annotator marked, as CSV")),
               {},
               [this] { exportAnnotations(); });
    addCommand(command(u"swap"_s,
                       u"chairs"_s,
                       tr("S&wap A and B"),
                       u"swap"_s,
                       tr("Exchange the chairs; points stay where they were found")),
               {Qt::Key_X},
               [this] { swapChairs(); });
    addCommand(
        command(u"play"_s, u"morph"_s, tr("&Play the morph"), u"play"_s, tr("From A to B, repeatedly")),
        {Qt::Key_Space},
        [this] { m_stage->film()->setPlaying(!m_stage->film()->isPlaying()); });
    addCommand(command(u"clearPoints"_s,
                       u"points"_s,
                       tr("&Clear the points"),
                       u"trash"_s,
                       tr("Remove all points; Undo restores them")),
               {Qt::CTRL | Qt::Key_Backspace},
               [this] {
                   m_store->changeOnce(u"clear"_s, tr("Clear the points"), [](CorrespondenceState& state) {
                       state.points.clear();
                       state.chosen = -1;
                   });
               });
    addCommand(
        command(u"clearMask"_s, u"points"_s, tr("Clear the &mask"), {}, tr("Remove the mask painted on A")),
        {},
        [this] {
            m_store->changeOnce(
                u"clear"_s, tr("Clear the mask"), [](CorrespondenceState& state) { state.mask = {}; });
        });
}

/// The points go to where they were found.
void CorrespondencePanel::swapChairs() {
    m_store->changeOnce(u"swap"_s, tr("Swap A and B"), [this](CorrespondenceState& state) {
        std::swap(state.from, state.to);
        state.mask = {};
        if (!result()) return;
        for (NamedPoint& point : state.points) point.place = matchPoint(*result(), point.place).to;
    });
}

void CorrespondencePanel::deletePoint(int index) {
    m_store->changeOnce(u"deletePoint"_s, tr("Delete a point"), [index](CorrespondenceState& state) {
        if (index < 0 || index >= int(state.points.size())) return;
        state.points.erase(state.points.begin() + index);
        state.chosen = std::min(index, int(state.points.size()) - 1);
    });
}

void CorrespondencePanel::paintMask(const QPointF& place, bool erases) {
    if (!result()) return;
    const Image& a = result()->from();
    m_store->change(u"mask"_s, tr("Paint a mask"), [&](CorrespondenceState& state) {
        if (state.mask.width != a.width || state.mask.height != a.height)
            state.mask = LabelMap(a.width, a.height);
        for (int y = 0; y < a.height; ++y)
            for (int x = 0; x < a.width; ++x)
                if (a.at(y, x, 3) > 0 && std::hypot(x - place.x(), y - place.y()) <= kBrushRadius)
                    state.mask.at(y, x) = erases ? 0 : 1;
    });
}

/// Where the annotator sees the chosen point of A.
void CorrespondencePanel::markOnB(const QPointF& place) {
    if (!state().isAnnotating) return;
    m_store->change(u"annotate"_s, tr("Mark a point on B"), [place](CorrespondenceState& state) {
        if (state.chosen < 0 || state.chosen >= int(state.points.size())) return;
        const NamedPoint& ofA = state.points[std::size_t(state.chosen)];
        Annotation& own = annotationOf(state);
        const auto mark = [](std::vector<NamedPoint>& points, const NamedPoint& marked) {
            const auto found = std::ranges::find(points, marked.name, &NamedPoint::name);
            if (found == points.end())
                points.push_back(marked);
            else
                *found = marked;
        };
        mark(own.from, ofA);
        mark(own.to, {ofA.name, {float(place.x()), float(place.y())}});
    });
}

}  // namespace vitrine
