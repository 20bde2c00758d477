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
         tr("The input of the network, which predicts the hatched part. The wheel zooms all views."),
         u"5.1"_s},
        {u"mean"_s,
         tr("All samples together: their mean, the one chosen below, or a point on the latent path between "
            "two pinned ones."),
         u"4.1"_s},
        {u"deviation"_s,
         tr("Where the samples differ: their standard deviation at each pixel. Observed pixels do not "
            "differ.")},
        {u"answer"_s,
         tr("A single answer without sampling. The deterministic network covers all possibilities with one "
            "picture, which is therefore blurred. The reconstruction uses the hidden part: it shows how much "
            "the latent can represent."),
         u"5.1"_s},
        {u"truth"_s, tr("The complete picture, of which the network observes a part."), u"5.1"_s},
        {u"notice"_s, tr("What is needed before the network can answer.")},
        {u"picture"_s,
         tr("The picture to complete. Choose a garment, or drop a PNG or JPEG on the window: it is converted "
            "to grey, scaled down and, if dark on white, inverted.")},
        {u"garments"_s,
         tr("Four garments of each class from the test split of Fashion-MNIST. The paper uses digits."),
         u"5.1"_s},
        {u"open"_s, tr("A PNG or JPEG of your own, of any size.")},
        {u"export"_s,
         tr("Writes samples, mean, deviation and a figure into a folder. Each picture contains the recipe to "
            "reproduce it.")},
    };
}

QList<Help> questionHelp() {
    return {
        {u"network"_s, tr("There is a separate network for each number of observed quadrants."), u"5.1"_s},
        {u"seen"_s,
         tr("How much of the picture the network observes: nothing, the lower left quarter, the left half, "
            "or all but the lower right quarter. The less it observes, the more its samples vary."),
         u"5.1"_s},
        {u"model"_s,
         tr("The CVAE is trained with a recognition network that sees the answer, the GSNN with the prior "
            "alone; its samples hardly differ. If nothing is observed, the CVAE is a plain VAE that samples "
            "unconditionally."),
         u"4.2"_s},
        {u"samples"_s,
         tr("Each picture in the strip is one sample: a latent z is drawn from the prior p(z|x), and the "
            "hidden pixels are generated from it."),
         u"4.1"_s},
        {u"numSamples"_s, tr("Number of latents to draw."), u"4.1"_s},
        {u"temperature"_s,
         tr("Scales the standard deviation of the prior: at 1 latents are drawn from the prior itself, at 0 "
            "every sample is the answer at the prior mean.")},
        {u"seed"_s, tr("The same seed draws the same noise for every picture, until you draw again.")},
        {u"drawAgain"_s, tr("Draws new latents with another seed."), u"4.1"_s},
    };
}

QList<Help> answerHelp() {
    return {
        {u"numbers"_s,
         tr("The negative conditional log-likelihood of the hidden pixels, by the paper's two estimators. It "
            "depends on the picture alone, not on the number, seed or temperature of the samples."),
         u"4.1"_s},
        {u"latent"_s,
         tr("The latent z. Channels are sorted by their information about the hidden pixels: the KL "
            "divergence of the recognition network from the prior."),
         u"4"_s},
        {u"path"_s, tr("Interpolates in latent space from the first pinned sample to the second.")},
        {u"channel"_s,
         tr("Fixes one latent channel at a number of standard deviations from the prior mean in all samples: "
            "what changes is what the channel represents.")},
        {u"resetLatent"_s, tr("Releases all fixed channels.")},
    };
}

}  // namespace

void addCompletionHelp(QWidget* panel) {
    const Help itself{{},
                      tr("Part of a picture is observed and the rest is ambiguous: a deterministic network "
                         "answers with one blurred picture, a conditional VAE with many sharp ones."),
                      u"5.1"_s};
    QList<Help> all = QList{itself} + pictureHelp() + questionHelp() + answerHelp();
    for (Help& help : all)
        if (!help.section.isEmpty()) help.section = tr("section %1").arg(help.section);
    addHelp(panel, tr("Sohn, Lee and Yan 2015"), all);
}

}  // namespace vitrine
