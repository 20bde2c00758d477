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
          tr("Trains the networks of both papers, by the papers' own settings or by ours, in a process of "
             "its own: the "
             "window may be used, or closed, meanwhile. Sohn, Lee and Yan 2015, section 4; Dosovitskiy, "
             "Springenberg "
             "and Brox 2015, training.")},
         {u"runs"_s,
          tr("Every training of this user: those under way, stopped and done. Several can be compared.")},
         {u"curves"_s,
          tr("What the run has measured so far. Full lines are pictures it learns from, the others are held "
             "out: where "
             "they part, it learns by heart.")},
         {u"smoothing"_s,
          tr("Averages neighbouring points of the curves; the points themselves stay, faintly.")},
         {u"logScale"_s, tr("Equal factors become equal distances.")},
         {u"film"_s, tr("The same pictures, painted again and again in the course of the training.")},
         {u"histogram"_s,
          tr("How the weights of a layer, and their gradients, are spread, step after step.")},
         {u"plan"_s,
          tr("A run can be made longer, also after its end: it goes on as if it had been planned so.")},
         {u"cost"_s, tr("Parameters, memory and time, measured by a few steps on this machine.")},
         {u"form"_s,
          tr("Everything that the run depends on. The same seed, data and machine give the same weights.")},
         {u"data"_s, tr("What is learned from: rendered here from the real chairs, checked, and looked at.")},
         {u"notes"_s, tr("Words of your own about the run; they stay with it.")}});
}

}  // namespace vitrine
