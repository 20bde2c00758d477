// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_help.h"

#include "ui/shell/panel_help.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QList<Help> texts() {
    return {
        {{}, tr("What single neurons of the chair generator paint, alone and in a chair.")},
        {u"network"_s,
         tr("The generator: three branches take style, view and transformation, FC-3 and FC-4 join them, "
            "FC-5 and "
            "the up-convolutions paint. Choose the layer to look into.")},
        {u"mode"_s,
         tr("Alone: the layer is zero but for one unit. Added: a real chair's unit is pushed up. Window: the "
            "chair's "
            "maps count in a part of the picture only. Maps: some of them are zeroed, or kept alone.")},
        {u"unit"_s,
         tr("Which neuron, or which map, from 0. Numbers are those of this network, not of the paper's.")},
        {u"value"_s, tr("The activation that the unit is given; at first the paper's for this layer.")},
        {u"wholeMap"_s, tr("On: every pixel of the map. Off: the one at this row and column.")},
        {u"activations"_s,
         tr("What the chair itself activates in this layer. Click a bar to choose its unit.")},
        {u"window"_s,
         tr("FC-5 in the middle 2 × 2, 4 × 4, 6 × 6 only: the middle of the picture comes out sharp, its "
            "edge "
            "blurred, because neighbours are missing there.")},
        {u"style"_s, tr("The chair whose activations are worked on.")},
        {u"effect"_s,
         tr("How the picture differs from the one beside it. The similarity that takes the one outline to "
            "the other is "
            "found by registration (Lucas and Kanade 1981).")},
        {u"changed"_s, tr("The picture with the unit.")},
        {u"base"_s, tr("The same picture without it.")},
        {u"difference"_s,
         tr("Luminance with the unit minus luminance without: blue is darker, red brighter.")},
        {u"closeUp"_s,
         tr("What the unit can reach of the picture; of a fully connected layer, where it changes most.")},
        {u"pinned"_s, tr("The unit that was pinned last, under the same conditions.")},
        {u"measure"_s,
         tr("Sorts the units by what they do. A zoom neuron changes the mask's area and leaves its centroid "
            "in place: "
            "it is found, not remembered.")},
        {u"filters"_s, tr("The weights of the last layer, as they lie on the picture.")},
        {u"maps"_s,
         tr("The chair's feature maps. Maps with a regular pattern come first; zero them to see what they "
            "are for.")},
    };
}

}  // namespace

void addUnitHelp(QWidget* panel) {
    QList<Help> all = texts();
    for (Help& help : all) help.section = tr("analysis of the network");
    addHelp(panel, tr("Dosovitskiy, Springenberg and Brox 2015"), all);
}

}  // namespace vitrine
