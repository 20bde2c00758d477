// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_help.h"

#include "ui/shell/panel_help.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QList<Help> pictureHelp() {
    return {
        {u"canvas"_s,
         tr("Paint what the network may not see, or labels that are known. The right button or Ctrl erases, "
            "Shift draws a straight line. The wheel zooms; Space or the middle button drags the picture."),
         u"5.3"_s},
        {u"paintBar"_s,
         tr("What to paint with, what to paint, and how wide. The arrow has rectangle, half-plane, polygon "
            "and "
            "fill."),
         u"5.3"_s},
        {u"aggregate"_s,
         tr("All answers together: the mean of their probabilities, the vote of their labels, the one that "
            "is chosen, or a place on the way between two that are pinned."),
         u"4.1"_s},
        {u"uncertainty"_s,
         tr("Entropy tells how undecided the mean of the samples is; mutual information is the part of it "
            "that is "
            "disagreement between samples.")},
        {u"answer"_s,
         tr("One answer without chance: the latent at the prior's mean, the CNN's first guess that the prior looks at, or a network "
            "that was trained without noise. To compare with: the answer when the latent has seen the truth, and copies of the "
            "nearest known label."),
         u"4.1"_s},
        {u"truth"_s,
         tr("What is right, where it is known. Hold Shift to lay it over the samples."),
         u"5.2"_s},
        {u"picture"_s,
         tr("What the network is shown. Choose one, drop a PNG or JPEG on the window, or drag a chair over "
            "from "
            "Chairs."),
         u"5.2"_s},
        {u"pictures"_s,
         tr("Chairs that no network has learned from, before plain backgrounds and in rooms."),
         u"5.2"_s},
        {u"garments"_s,
         tr("Pictures of clothes, enlarged and put on white. The networks know rooms with chairs only; here "
            "they "
            "show how they err.")},
        {u"open"_s, tr("A PNG or JPEG of your own. The smallest square around it is what the network sees.")},
        {u"export"_s,
         tr("Writes samples, mean, doubt and a figure into a folder. Each picture carries the recipe that "
            "makes it "
            "again.")},
        {u"notice"_s, tr("What is missing before there can be an answer.")},
    };
}

QList<Help> questionHelp() {
    return {
        {u"omission"_s,
         tr("Part of the picture is hidden, and the network must guess what is there: that is where its "
            "answers "
            "differ."),
         u"5.3"_s},
        {u"hideBlocks"_s,
         tr("Each block of a grid is hidden with the probability chosen above, as in the paper's experiment "
            "with "
            "partial observations."),
         u"5.3"_s},
        {u"blockShare"_s, tr("The probability that a block is hidden: 25, 50 or 70 %."), u"5.3"_s},
        {u"blockSize"_s, tr("The side of a block: 1, 4 or 8 pixels."), u"5.3"_s},
        {u"hideBox"_s,
         tr("A square somewhere. Networks that are trained with noise injection have met such squares."),
         u"4.3"_s},
        {u"quadrant"_s,
         tr("A quarter of the picture is hidden, as in the paper's experiment with digits."),
         u"5.1"_s},
        {u"invert"_s, tr("Hides what is seen and shows what is hidden.")},
        {u"clear"_s, tr("Nothing is hidden, and no label is known.")},
        {u"samples"_s,
         tr("Each picture in the strip is one possible answer: a latent z is drawn from the prior p(z|x), "
            "and the "
            "labels are generated from it."),
         u"4.1"_s},
        {u"model"_s,
         tr("The CVAE learns through the recognition network, the GSNN through the prior alone, the hybrid "
            "through "
            "both. GDNN and CNN have a single answer. The CVAE with tokens has a latent of discrete tokens, which are drawn one after the other."),
         u"4.2"_s},
        {u"numSamples"_s, tr("How many latents are drawn; the paper averages over such draws."), u"4.1"_s},
        {u"temperature"_s,
         tr("At 1 latents are drawn from the prior itself, at 0 each is its mean, so that all samples are alike, or, of tokens, the likeliest."),
         u"4.1"_s},
        {u"samplingSteps"_s,
         tr("The prior draws each cell of the latent by itself, so that what is drawn at once need not fit "
            "together. In parts, what is certain stays first; then some of the rest, and the prior is told "
            "its labels before it draws on. At 1 samples are the paper's. Networks whose prior was not told "
            "labels in training draw at once."),
         u"4.1"_s},
        {u"numSteps"_s,
         tr("A sample of tokens is drawn in so many steps, each token given those before it, so that they fit together. More steps "
            "take longer.")},
        {u"seed"_s, tr("The same seed draws the same latents, so that an answer can be had again.")},
        {u"drawAgain"_s, tr("Draws other latents, with another seed."), u"4.1"_s},
        {u"order"_s, tr("Which samples come first; pinned ones always do.")},
        {u"opacity"_s, tr("How strongly the colours of the labels cover the picture.")},
        {u"sweeps"_s,
         tr("Labels that are known stay; the network draws the unknown ones and the latent in turn, sweep "
            "after "
            "sweep, until the samples agree with them."),
         u"5.3"_s},
        {u"numSweeps"_s, tr("How many sweeps are made. The paper does not say how many it takes."), u"5.3"_s},
        {u"samplingSweeps"_s,
         tr("On: labels and latent are drawn in each sweep, as in the paper. Off: their means are taken."),
         u"5.3"_s},
        {u"sweep"_s, tr("Shows the answer after the first sweep, then after one more each time."), u"5.3"_s},
        {u"sweepToEnd"_s, tr("Makes all sweeps at once."), u"5.3"_s},
        {u"stopSweeps"_s, tr("Ends the inference and shows what there is.")},
        {u"sweeps.curve"_s,
         tr("The share of the unknown pixels whose class changed in each sweep. Means come to rest at zero; "
            "draws "
            "settle above it."),
         u"5.3"_s},
    };
}

QList<Help> answerHelp() {
    return {
        {u"votes"_s,
         tr("How many of the samples chose each class at the pixel under the pointer."),
         u"4.1"_s},
        {u"numbers"_s,
         tr("How well the answers match the truth (intersection over union, as in the paper's tables), and "
            "how much "
            "the samples differ."),
         u"5.2"_s},
        {u"numbers.ece"_s,
         tr("Whether the mean's probabilities mean what they say: 0 is perfect. Source: Guo and others "
            "2017.")},
        {u"reliability"_s,
         tr("Bars: how often the most probable class was right. Line: how probable it was said to be. "
            "Numbers: pixels "
            "in each bar; a hollow bar has too few to tell. Labels that were given do not count. Source: Guo "
            "and "
            "others 2017.")},
        {u"latent"_s,
         tr("What the latent z holds. Its channels stand in the order of how much they say about the answer: "
            "the "
            "divergence of the recognition network from the prior."),
         u"4"_s},
        {u"path"_s, tr("Walks through the latent from the first pinned sample to the second."), u"4"_s},
        {u"channel"_s,
         tr("Holds one channel of the latent at so many standard deviations from the prior's mean, "
            "everywhere."),
         u"4"_s},
    };
}

}  // namespace

void addSegmentationHelp(QWidget* panel) {
    const Help itself{{},
                      tr("A conditional VAE answers with a distribution over label maps: hide part of a "
                         "picture and see the answers that are possible."),
                      u"4"_s};
    QList<Help> all = QList{itself} + pictureHelp() + questionHelp() + answerHelp();
    for (Help& help : all)
        if (!help.section.isEmpty()) help.section = tr("section %1").arg(help.section);
    addHelp(panel, tr("Sohn, Lee and Yan 2015"), all);
}

}  // namespace vitrine
