// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/correspondence_help.h"

#include "ui/shell/panel_help.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QList<Help> texts() {
    return {
        {{},
         tr("Where a point of one chair is on another. The generator turns A into B in small steps; optical "
            "flow from step to step, chained, carries each point along.")},
        {u"a"_s, tr("Chair A. Click to put a point, drag it to move it, Delete to remove it.")},
        {u"b"_s,
         tr("Chair B with the points where the flow carries them, and their trails. What is unsure or beside "
            "the chair is shown as such.")},
        {u"strip"_s,
         tr("The morph from A to B, and how well the flow of each step agrees with the flow back.")},
        {u"gallery"_s, tr("All chairs that the network knows. Press for A, with Shift for B, or drag one.")},
        {u"points"_s,
         tr("Error is how far a point comes out from itself after the way to B and back, in pixels of the "
            "generator's picture. Beyond 3 pixels a match is unsure: hidden there, or mistaken.")},
        {u"overlay"_s,
         tr("Draws the flow, or carries a pattern, the chair's picture or a mask from A to B.")},
        {u"wheel"_s, tr("Direction is hue, distance is strength; the rim is the distance written there.")},
        {u"route"_s, tr("Along the morph, as in the paper, or straight from A to B, as its rivals do it.")},
        {u"method"_s,
         tr("DIS (Kroeger et al. 2016), DeepFlow (Weinzaepfel et al. 2013), Farneback 2003, SIFT flow (Liu "
            "et "
            "al. 2011), deformable spatial pyramid (Kim et al. 2013).")},
        {u"frames"_s, tr("Pictures from A to B, both included; 64 in the paper.")},
        {u"stride"_s, tr("Flow is computed between every so many frames; 1 in the paper.")},
        {u"guided"_s,
         tr("Turns both chairs a little before the generator, which tells their depth, looks at their four "
            "sides, which tells their size, and tries heights of their seats until each looks most like the "
            "other. Each point is then looked for where it would be if the chairs differed in that only, "
            "along the morph and from A to B at once; what fits better counts more. Not in the paper; for "
            "DIS and SIFT flow.")},
        {u"schedule"_s, tr("How the weight of B grows from frame to frame.")},
        {u"times"_s, tr("Time of the last match, by part.")},
        {u"annotating"_s,
         tr("People mark where each point of A is on B. Their mean is the truth that a method is measured "
            "by, and their spread is how well a person does it.")},
    };
}

}  // namespace

void addCorrespondenceHelp(QWidget* panel) {
    QList<Help> all = texts();
    for (Help& help : all) help.section = tr("correspondences");
    addHelp(panel, tr("Dosovitskiy, Springenberg and Brox 2015"), all);
}

}  // namespace vitrine
