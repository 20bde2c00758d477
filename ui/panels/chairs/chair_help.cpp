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
         tr("A network that generates the image of a chair and its mask from a style, a viewpoint and a "
            "transformation. It needs no input image."),
         tr("model description")},
        {u"styleSlider"_s,
         tr("The style is a one-hot vector over the chairs. Between A and B the two weights are "
            "interpolated; beyond the ends one falls below zero and the other rises above one. Hatching "
            "marks where pictures are less reliable: masks are on average more than twice as ambiguous as at "
            "A and B, or have more than twice as many components."),
         tr("style interpolation")},
        {u"stylePad"_s,
         tr("Four styles at once: each corner is one style, and the position sets their weights."),
         tr("style interpolation")},
        {u"slot"_s,
         tr("The chairs in the mix. Click one in the gallery, or drag it here or to another panel."),
         tr("style interpolation")},
        {u"arithmetic"_s,
         tr("A - B + C: what distinguishes A from B is added to C."),
         tr("style interpolation")},
        {u"gallery"_s, tr("Every chair that the network has learned."), tr("dataset")},
        {u"newChair"_s,
         tr("A chair that does not exist: a seed draws a random style and mixes it with neighbouring styles. "
            "The same seed always gives the same chair."),
         tr("new chairs by interpolation")},
        {u"fit"_s,
         tr("Fits the chair of a picture by gradient descent through the frozen network: the style, the "
            "viewpoint and the transformation whose picture is most like it.")},
        {u"fitMask"_s,
         tr("What of the picture is taken for the chair. The left button paints chair, the right one "
            "background; Shift draws a straight line from the last place.")},
        {u"filter.group"_s,
         tr("More styles: chairs of the parametric family, which augment the training set, and the new "
            "chairs of this project."),
         tr("dataset")},
        {u"map"_s,
         tr("The styles on the plane of their two principal components: means of Gaussian styles, or columns "
            "of FC-1. Styles that are "
            "close look alike. A point between them is a mix of the three styles around it."),
         tr("style interpolation")},
        {u"schedule"_s,
         tr("How the style weights change from frame to frame: evenly, or slowly at both ends as in the "
            "paper's morphs."),
         tr("style interpolation")},
    };
}

QList<Help> viewHelp() {
    return {
        {u"stage"_s,
         tr("The generated chair. Drag to turn it. The wheel or a pinch zooms at the pointer, + and - at the "
            "centre; the middle button, Space and a drag, or Shift and the arrow keys pan; a double-click or "
            "0 fits the picture. The pictures beside it follow. Z switches between smooth and square "
            "pixels."),
         tr("model description")},
        {u"side0"_s,
         tr("A real chair from the same viewpoint. It zooms together with the generated one."),
         tr("dataset")},
        {u"side1"_s,
         tr("The second real chair, or the difference. It zooms together with the generated one."),
         tr("dataset")},
        {u"turntable"_s,
         tr("The position of the camera. Ticks mark the viewpoints of the training images."),
         tr("model description")},
        {u"azimuth"_s,
         tr("The angle around the chair. The network takes its sine and cosine, so that 359 is next to 0."),
         tr("model description")},
        {u"elevation"_s,
         tr("The angle above the chair. The network was trained at 20 and 30 degrees; other angles are "
            "extrapolated."),
         tr("dataset")},
        {u"snap"_s, tr("Restricts turning to the viewpoints of the training images.")},
        {u"theta"_s,
         tr("The network generates transformed chairs: it was trained on images that were moved, turned, "
            "zoomed, stretched and recoloured, with theta as an input."),
         tr("training")},
        {u"units"_s,
         tr("Single units sent from the Units panel: the value that is added to each activation of the "
            "chair."),
         tr("analysis of the network")},
        {u"extrapolated"_s,
         tr("Extends the sliders beyond the training ranges, as far as the paper's extrapolation figure."),
         tr("network capacity")},
        {u"compare"_s,
         tr("The real chair, rendered at the same view and transformation, and its difference from the "
            "generated one."),
         tr("dataset")},
        {u"channel"_s,
         tr("The output of the two streams: colour, mask, or the chair composited by its mask."),
         tr("model description")},
        {u"grid"_s,
         tr("A grid of chairs in which one parameter varies along each axis."),
         tr("network capacity")},
        {u"morph"_s, tr("A row of pictures in which one parameter varies."), tr("style interpolation")},
    };
}

}  // namespace

void addChairHelp(QWidget* panel) {
    addHelp(panel, tr("Dosovitskiy, Springenberg and Brox 2015"), styleHelp() + viewHelp());
}

}  // namespace vitrine
