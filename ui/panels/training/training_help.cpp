// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/training_help.h"

#include "ui/shell/panel_help.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

}  // namespace

void addTrainingHelp(QWidget* panel) {
    addHelp(
        panel,
        {},
        {{{},
          tr("Trains the networks of both papers, with the papers' settings or with ours, in a separate "
             "process: you can use or close the window meanwhile. Sohn, Lee and Yan 2015, section 4; "
             "Dosovitskiy, Springenberg and Brox 2015, training.")},
         {u"runs"_s, tr("All your runs: active, stopped and done. Several can be compared.")},
         {u"curves"_s,
          tr("The metrics of the run so far. Solid lines are training pictures, the others are held-out "
             "pictures: where they diverge, the network overfits.")},
         {u"smoothing"_s,
          tr("Averages neighbouring points of the curves; the raw points stay visible, faintly.")},
         {u"logScale"_s, tr("Shows the values on a logarithmic axis.")},
         {u"film"_s, tr("The same pictures, generated repeatedly in the course of the training.")},
         {u"histogram"_s,
          tr("The distribution of the weights of a layer and of their gradients, step by step.")},
         {u"plan"_s,
          tr("A run can be extended, even after its end: it continues as if planned that way from the "
             "start.")},
         {u"cost"_s, tr("Parameters, memory and time, measured with a few steps on this machine.")},
         {u"form"_s,
          tr("Everything that the run depends on. The same seed, data and machine give the same weights.")},
         {u"data"_s, tr("The training data: render it from the real chairs, check it and view it.")},
         {u"notes"_s, tr("Your notes about the run, which are saved with it.")}});
}

}  // namespace vitrine
