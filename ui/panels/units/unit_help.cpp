// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_help.h"

#include "ui/shell/panel_help.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QList<Help> texts() {
    return {
        {{}, tr("What single units of the chair generator draw, alone and in a chair.")},
        {u"network"_s,
         tr("The generator: three branches take style, view and transformation, FC-3 and FC-4 join them, "
            "FC-5 and the up-convolutions generate the picture. Choose the layer to inspect.")},
        {u"mode"_s,
         tr("Alone: all other units of the layer are zero. Added: the value is added to the unit's "
            "activation in a real chair. Window: the chair's maps are kept in a part of the picture only. "
            "Maps: some are zeroed, or all others are.")},
        {u"unit"_s,
         tr("The index of the unit or map, from 0. Indices are those of this network, not of the paper's.")},
        {u"value"_s, tr("The activation of the unit; initially the paper's value for this layer.")},
        {u"wholeMap"_s, tr("On: every pixel of the map. Off: the one at this row and column.")},
        {u"activations"_s,
         tr("What the chair itself activates in this layer. Click a bar to choose its unit.")},
        {u"window"_s,
         tr("FC-5 in the middle 2 × 2, 4 × 4, 6 × 6 only: the middle of the picture is sharp and its edge "
            "blurred, because neighbours are missing there.")},
        {u"style"_s, tr("The chair whose activations are changed.")},
        {u"effect"_s,
         tr("How the picture differs from the one beside it. The similarity transform between the two "
            "outlines is found by registration (Lucas and Kanade 1981).")},
        {u"changed"_s, tr("The picture with the unit.")},
        {u"base"_s, tr("The same picture without it.")},
        {u"difference"_s,
         tr("Luminance with the unit minus luminance without: blue is darker, red brighter.")},
        {u"closeUp"_s,
         tr("The part of the picture that the unit affects; for a fully connected layer, where the change is "
            "largest.")},
        {u"pinned"_s, tr("The unit that was pinned last, under the same conditions.")},
        {u"measure"_s,
         tr("Sorts the units by their effect. A zoom neuron changes the area of the mask and leaves its "
            "centroid in place; it is found by measurement.")},
        {u"filters"_s, tr("The weights of the last layer, as image patches.")},
        {u"maps"_s,
         tr("The chair's feature maps. Maps with a regular pattern come first; zero them to see what they "
            "contribute.")},
    };
}

}  // namespace

void addUnitHelp(QWidget* panel) {
    QList<Help> all = texts();
    for (Help& help : all) help.section = tr("analysis of the network");
    addHelp(panel, tr("Dosovitskiy, Springenberg and Brox 2015"), all);
}

}  // namespace vitrine
