// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_help.h"

#include "ui/shell/panel_help.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QList<Help> styleHelp() {
    return {
        {{},
         tr("A network that is told a style, a viewpoint and a transformation, and paints the chair and its "
            "mask. It has "
            "no picture to begin with."),
         tr("model description")},
        {u"styleSlider"_s,
         tr("The style is a vector with a one for each chair. Between A and B the ones fade into each other; "
            "beyond the ends "
            "they go below zero and above one. The hatch shows where pictures are less reliable: where masks "
            "are "
            "more than twice as ambiguous, or have more than twice as many components, as at A and B, on "
            "average over "
            "many pairs."),
         tr("style interpolation")},
        {u"stylePad"_s,
         tr("Four styles at once: each corner is one of them, and the place tells their shares."),
         tr("style interpolation")},
        {u"slot"_s,
         tr("The chairs that are mixed. Click one in the gallery, or drag it here, to another panel too."),
         tr("style interpolation")},
        {u"arithmetic"_s,
         tr("A - B + C: what distinguishes A from B is added to C."),
         tr("style interpolation")},
        {u"gallery"_s, tr("Every chair that the network has learned."), tr("dataset")},
        {u"newChair"_s,
         tr("A chair that does not exist: a seed draws a random style and mixes it with neighbours of it. The same seed always gives the "
            "same chair."),
         tr("new chairs by interpolation")},
        {u"filter.group"_s,
         tr("More styles: chairs of the parametric family, which widened the training set, and the new chairs of this project."),
         tr("dataset")},
        {u"map"_s,
         tr("The styles on the plane of their two principal components: means of Gaussian styles, or columns of FC-1. Styles that are "
            "close look alike. A point between them is a mix of the three styles around it."),
         tr("style interpolation")},
        {u"schedule"_s,
         tr("How the shares move from frame to frame: evenly, or slowly at both ends, as the paper's morphs "
            "do."),
         tr("style interpolation")},
    };
}

QList<Help> viewHelp() {
    return {
        {u"stage"_s,
         tr("The generated chair. A drag turns it. The wheel or two fingers zoom at the pointer, + and - at "
            "the "
            "middle; the middle button, Space and a drag, or Shift and the arrow keys pan; a double-click or "
            "0 shows "
            "all of it again. The pictures beside it show the same part. Z switches between smooth and "
            "square "
            "pixels."),
         tr("model description")},
        {u"side0"_s,
         tr("A real chair from the same viewpoint. It zooms together with the generated one."),
         tr("dataset")},
        {u"side1"_s,
         tr("The second real chair, or the difference. It zooms together with the generated one."),
         tr("dataset")},
        {u"turntable"_s,
         tr("Where the viewer stands. Ticks are the viewpoints the network has been shown."),
         tr("model description")},
        {u"azimuth"_s,
         tr("The angle around the chair. Sine and cosine of it go into the network, so that 359 is beside "
            "0."),
         tr("model description")},
        {u"elevation"_s,
         tr("The angle above the chair. It was trained at 20 and 30 degrees; others are extrapolated."),
         tr("dataset")},
        {u"snap"_s, tr("Keeps to the viewpoints of the training pictures.")},
        {u"theta"_s,
         tr("The network paints transformed chairs when it is told how: it has learned from pictures that "
            "were moved, "
            "turned, zoomed, stretched and recoloured."),
         tr("training")},
        {u"units"_s,
         tr("Single neurons that the units panel has handed over: what is added to each, on top of what the "
            "chair itself "
            "makes of it."),
         tr("analysis of the network")},
        {u"extrapolated"_s,
         tr("Lets the sliders go beyond the ranges of training, as far as the paper's figure does."),
         tr("network capacity")},
        {u"compare"_s,
         tr("Beside the painted chair the real one, rendered at this very view and transformation, and their "
            "difference."),
         tr("dataset")},
        {u"channel"_s,
         tr("What the two streams paint: colours, the mask, or the chair cut out by its mask."),
         tr("model description")},
        {u"grid"_s, tr("Two values run along the axes of a table of chairs."), tr("network capacity")},
        {u"morph"_s, tr("A row of pictures along one value."), tr("style interpolation")},
    };
}

}  // namespace

void addChairHelp(QWidget* panel) {
    addHelp(panel, tr("Dosovitskiy, Springenberg and Brox 2015"), styleHelp() + viewHelp());
}

}  // namespace vitrine
