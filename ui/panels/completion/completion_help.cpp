// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/completion_help.h"

#include "ui/shell/panel_help.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QList<Help> pictureHelp() {
    return {
        {u"input"_s,
         tr("What the network is shown. It has to guess what is hatched. The wheel zooms, in all views."),
         u"5.1"_s},
        {u"mean"_s,
         tr("All answers together: their mean, the one that is chosen below, or a place on the way between "
            "two that are pinned."),
         u"4.1"_s},
        {u"deviation"_s,
         tr("Where the answers differ: the standard deviation between them, pixel by pixel. What is seen "
            "does "
            "not differ.")},
        {u"answer"_s,
         tr("One answer without chance. The deterministic network has to serve all possibilities with one "
            "picture, which is blurred therefore. The reconstruction has seen the hidden part: it shows how "
            "much the latent can hold."),
         u"5.1"_s},
        {u"truth"_s, tr("The whole picture, of which the network sees a part."), u"5.1"_s},
        {u"notice"_s, tr("What is missing before there can be an answer.")},
        {u"picture"_s,
         tr("What is to be completed. Choose a garment, or drop a PNG or JPEG on the window: it is made grey "
            "and small, and dark things on white are turned into their negative.")},
        {u"garments"_s,
         tr("Four garments of each class, from the part of Fashion-MNIST that is kept for testing. The paper "
            "has digits."),
         u"5.1"_s},
        {u"open"_s, tr("A PNG or JPEG of your own, of any size.")},
        {u"export"_s,
         tr("Writes samples, mean, deviation and a figure into a folder. Each picture carries the recipe "
            "that makes it again.")},
    };
}

QList<Help> questionHelp() {
    return {
        {u"network"_s, tr("There is a network for each part that is seen, trained for just that."), u"5.1"_s},
        {u"seen"_s,
         tr("How much of the picture the network is shown: nothing, the lower left quarter, the left half, "
            "or all but the lower right quarter. The less it sees, the more is possible."),
         u"5.1"_s},
        {u"model"_s,
         tr("The CVAE learns through a recognition network that sees the answer; the GSNN through the prior "
            "alone, and its samples hardly differ. Where nothing is seen the CVAE is a plain VAE: it "
            "dreams."),
         u"4.2"_s},
        {u"samples"_s,
         tr("Each picture in the strip is one possible answer: a latent z is drawn from the prior p(z|x), "
            "and the hidden pixels are generated from it."),
         u"4.1"_s},
        {u"numSamples"_s, tr("How many latents are drawn."), u"4.1"_s},
        {u"temperature"_s,
         tr("How far the latents stray from the prior's mean: at 1 they are drawn from the prior itself, at "
            "0 all samples are the answer at its mean.")},
        {u"seed"_s, tr("The same seed draws the same noise, whatever the picture is, until you draw again.")},
        {u"drawAgain"_s, tr("Draws other latents, with another seed."), u"4.1"_s},
    };
}

QList<Help> answerHelp() {
    return {
        {u"numbers"_s,
         tr("The negative conditional log-likelihood of the hidden pixels, by the paper's two estimators. It "
            "is asked of the picture alone: number, seed and temperature of the samples do not change it."),
         u"4.1"_s},
        {u"latent"_s,
         tr("What the latent z holds. Its channels stand in the order of how much they say about the hidden "
            "pixels: the divergence of the recognition network from the prior."),
         u"4"_s},
        {u"path"_s, tr("Walks through the latent from the first pinned sample to the second.")},
        {u"channel"_s,
         tr("Holds one channel of the latent at so many standard deviations from the prior's mean, in all "
            "samples: what changes is what the channel stands for.")},
        {u"resetLatent"_s, tr("Lets go of all channels.")},
    };
}

}  // namespace

void addCompletionHelp(QWidget* panel) {
    const Help itself{{},
                      tr("Part of a picture is seen, and much is possible for the rest: a deterministic "
                         "network answers with one blurred picture, a conditional VAE with many sharp ones."),
                      u"5.1"_s};
    QList<Help> all = QList{itself} + pictureHelp() + questionHelp() + answerHelp();
    for (Help& help : all)
        if (!help.section.isEmpty()) help.section = tr("section %1").arg(help.section);
    addHelp(panel, tr("Sohn, Lee and Yan 2015"), all);
}

}  // namespace vitrine
