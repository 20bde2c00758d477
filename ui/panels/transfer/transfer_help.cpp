// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/transfer/transfer_help.h"

#include "ui/shell/panel_help.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QList<Help> transferTexts() {
    return {
        {{},
         tr("What a generator knows of views that it was never given. It is trained on few views of the "
            "target "
            "chairs, with or without other chairs from all sides.")},
        {u"with"_s,
         tr("The network that also learned the source chairs from all views. Below: how near the picture is "
            "to the real chair.")},
        {u"without"_s,
         tr("The same network without transfer. In the paper all chairs have the few views only; the other "
            "reading is a network of the target chairs alone.")},
        {u"nearest"_s,
         tr("The source chair whose given views are most like the target's, by colour or by oriented "
            "gradients (HOG): the paper's baseline. The mesh of a scan is there only once Pix3D is "
            "imported; otherwise it is the nearest chair of the catalogue.")},
        {u"real"_s, tr("The target chair itself, rendered at this view.")},
        {u"targetView"_s, tr("The target chair, the views that were given, and the view that is shown.")},
        {u"target"_s,
         tr("Six chairs of the catalogue, and scans of Pix3D that no other network of Vitrine was trained "
            "on.")},
        {u"views"_s,
         tr("How many azimuths of the target chairs were given, at both elevations; or all azimuths at 20 "
            "degrees alone.")},
        {u"turntable"_s, tr("Drag to turn the chair. Ticks are the given views.")},
        {u"strip"_s,
         tr("For each number of given azimuths the way from one given view to the next at 20 degrees, with "
            "transfer above without. Click a picture to look at it.")},
        {u"curve"_s,
         tr("The squared error of unseen views by the number of given azimuths, of every method, from the "
            "page Knowledge transfer of Results. The line marks the chosen number.")},
        {u"elevationError"_s, tr("The errors at 30 degrees where only views at 20 degrees were given.")},
        {u"export"_s,
         tr("Writes the pictures side by side as a PNG that contains the recipe to reproduce it.")},
        {u"exportStrip"_s, tr("Writes the strip as a PNG that contains the recipe to reproduce it.")},
        {u"notice"_s, tr("What is needed before there is something to see.")},
    };
}

}  // namespace

void addTransferHelp(QWidget* panel) {
    QList<Help> all = transferTexts();
    for (Help& help : all) help.section = tr("knowledge transfer");
    addHelp(panel, tr("Dosovitskiy, Springenberg and Brox 2015"), all);
}

}  // namespace vitrine
