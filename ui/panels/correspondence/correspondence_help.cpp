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
         tr("Finds the points of one chair on another. The generator morphs A into B in small steps; the "
            "concatenated optical flow of the steps tracks each point.")},
        {u"a"_s, tr("Chair A. Click to place a point, drag it to move it, Delete to remove it.")},
        {u"b"_s,
         tr("Chair B with the tracked points and their trails. Uncertain points and points off the chair are "
            "marked.")},
        {u"strip"_s,
         tr("The morph from A to B, and how well the flow of each step agrees with the flow back.")},
        {u"gallery"_s, tr("All chairs of the network. Click for A, Shift+click for B, or drag one.")},
        {u"points"_s,
         tr("The forward-backward error is how far a point ends from its origin after the flow to B and "
            "back, in pixels of the generated picture. Above 3 pixels a match is uncertain: occluded or "
            "wrong.")},
        {u"overlay"_s, tr("Shows the flow, or warps a pattern, the chair's texture or a mask from A to B.")},
        {u"wheel"_s,
         tr("Hue is the direction, saturation the distance; the rim stands for the distance shown.")},
        {u"route"_s, tr("Along the morph, as in the paper, or directly from A to B, as its baselines do.")},
        {u"method"_s,
         tr("DIS (Kroeger et al. 2016), DeepFlow (Weinzaepfel et al. 2013), Farneback 2003, SIFT flow (Liu "
            "et "
            "al. 2011), deformable spatial pyramid (Kim et al. 2013).")},
        {u"frames"_s, tr("Pictures from A to B, both included; 64 in the paper.")},
        {u"stride"_s, tr("Interval in frames between which flow is computed; 1 in the paper.")},
        {u"guided"_s,
         tr("Generates both chairs from slightly turned views, which gives their depth, and from four sides, "
            "which gives their size, and tries seat heights until the chairs align best. The search for each "
            "point then starts where it would be if the chairs differed in these proportions only, along the "
            "morph and directly from A to B; the better fit gets more weight. Not in the paper; for DIS and "
            "SIFT flow.")},
        {u"schedule"_s, tr("How the weight of B grows from frame to frame.")},
        {u"times"_s, tr("Time of the last match, by stage.")},
        {u"annotating"_s,
         tr("Annotators mark where each point of A is on B. Their mean is the reference for a method, and "
            "their spread is the human error.")},
    };
}

}  // namespace

void addCorrespondenceHelp(QWidget* panel) {
    QList<Help> all = texts();
    for (Help& help : all) help.section = tr("correspondences");
    addHelp(panel, tr("Dosovitskiy, Springenberg and Brox 2015"), all);
}

}  // namespace vitrine
