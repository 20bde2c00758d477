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
         tr("Paint what to hide from the network, or known labels. The right button or Ctrl erases, Shift "
            "draws a straight line. The wheel zooms; Space or the middle button pans."),
         u"5.3"_s},
        {u"paintBar"_s,
         tr("The tool, the label and the brush size. The arrow offers rectangle, half-plane, polygon and "
            "fill."),
         u"5.3"_s},
        {u"aggregate"_s,
         tr("All samples together: the mean of their probabilities, the vote of their labels, the chosen "
            "one, or a point on the latent path between two pinned ones."),
         u"4.1"_s},
        {u"uncertainty"_s,
         tr("Entropy is the uncertainty of the samples' mean; mutual information is the part of it that is "
            "due to disagreement between samples.")},
        {u"answer"_s,
         tr("A single answer without sampling: at the prior mean, the CNN's first guess that the prior is "
            "conditioned on, or of a network trained without noise. For comparison: the answer with the "
            "latent inferred from the truth, and copies of the nearest known label."),
         u"4.1"_s},
        {u"truth"_s,
         tr("The true labels, where they are known. Hold Shift to overlay them on the samples."),
         u"5.2"_s},
        {u"picture"_s,
         tr("The input of the network. Choose a picture, drop a PNG or JPEG on the window, or drag a chair "
            "here from Chairs."),
         u"5.2"_s},
        {u"pictures"_s, tr("Chairs held out of training, on plain backgrounds and in rooms."), u"5.2"_s},
        {u"garments"_s,
         tr("Pictures of clothes, enlarged on white. The networks were trained on rooms with chairs only; "
            "these pictures show how they fail.")},
        {u"open"_s, tr("A PNG or JPEG of your own, padded to a square for the network.")},
        {u"export"_s,
         tr("Writes samples, mean, uncertainty and a figure into a folder. Each picture contains the recipe "
            "to reproduce it.")},
        {u"notice"_s, tr("What is needed before the network can answer.")},
    };
}

QList<Help> questionHelp() {
    return {
        {u"omission"_s,
         tr("Part of the picture is hidden, and the network has to infer it: that is where its samples "
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
         tr("A square at a random position. Networks with noise injection were trained on such squares."),
         u"4.3"_s},
        {u"quadrant"_s,
         tr("A quarter of the picture is hidden, as in the paper's experiment with digits."),
         u"5.1"_s},
        {u"invert"_s, tr("Hides what is seen and shows what is hidden.")},
        {u"clear"_s, tr("Nothing is hidden, and no label is known.")},
        {u"samples"_s,
         tr("Each picture in the strip is one sample: a latent z is drawn from the prior p(z|x), and the "
            "labels are generated from it."),
         u"4.1"_s},
        {u"model"_s,
         tr("The CVAE is trained with the recognition network, the GSNN with the prior alone, the hybrid "
            "with both. GDNN and CNN give a single answer. The CVAE with tokens has a latent of discrete "
            "tokens, which are drawn step by step."),
         u"4.2"_s},
        {u"numSamples"_s, tr("Number of latents to draw; the paper averages over such draws."), u"4.1"_s},
        {u"temperature"_s,
         tr("At 1 latents are drawn from the prior itself; at 0 each is the prior mean or, for tokens, the "
            "most likely token, so that all samples are alike."),
         u"4.1"_s},
        {u"samplingSteps"_s,
         tr("The prior draws the cells of the latent independently, so that a sample drawn in one step need "
            "not be consistent. With more steps the most certain part is kept first; the prior is then "
            "conditioned on its labels and draws the rest again. 1 gives the samples of the paper. Networks "
            "whose prior was not conditioned on observed labels in training draw in one step."),
         u"4.1"_s},
        {u"numSteps"_s,
         tr("Number of steps in which the tokens of a sample are drawn, each conditioned on those before it, "
            "so that they are consistent. More steps take longer.")},
        {u"seed"_s, tr("The same seed draws the same latents, so that an answer can be reproduced.")},
        {u"drawAgain"_s, tr("Draws new latents with another seed."), u"4.1"_s},
        {u"order"_s, tr("The order of the samples; pinned samples come first.")},
        {u"opacity"_s, tr("The opacity of the labels over the picture.")},
        {u"sweeps"_s,
         tr("Known labels are kept; the network draws the unknown labels and the latent in turn, sweep after "
            "sweep, until the samples agree with the known labels."),
         u"5.3"_s},
        {u"numSweeps"_s, tr("The number of sweeps. The paper does not state its number."), u"5.3"_s},
        {u"samplingSweeps"_s,
         tr("On: labels and latent are sampled in each sweep, as in the paper. Off: their means are used."),
         u"5.3"_s},
        {u"sweep"_s,
         tr("Shows the answer after the first sweep, then after one more sweep each time."),
         u"5.3"_s},
        {u"sweepToEnd"_s, tr("Runs all sweeps."), u"5.3"_s},
        {u"stopSweeps"_s, tr("Stops the inference and shows the current answer.")},
        {u"sweeps.curve"_s,
         tr("The fraction of the unknown pixels whose class changed in each sweep. With means it converges "
            "to zero; with samples it settles above zero."),
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
         tr("How far the confidence of the mean is from its accuracy: 0 is perfect. Source: Guo and others "
            "2017.")},
        {u"reliability"_s,
         tr("Bars: accuracy of the most probable class. Line: its confidence. Numbers: pixels in each bar; a "
            "hollow bar has too few pixels to be reliable. Known labels do not count. Source: Guo and others "
            "2017.")},
        {u"latent"_s,
         tr("The latent z. Channels are sorted by their information about the answer: the KL divergence of "
            "the recognition network from the prior."),
         u"4"_s},
        {u"path"_s, tr("Interpolates in latent space from the first pinned sample to the second."), u"4"_s},
        {u"channel"_s,
         tr("Fixes one latent channel at a number of standard deviations from the prior mean, everywhere."),
         u"4"_s},
    };
}

}  // namespace

void addSegmentationHelp(QWidget* panel) {
    const Help itself{{},
                      tr("A conditional VAE predicts a distribution over label maps: hide part of a picture "
                         "and see possible answers."),
                      u"4"_s};
    QList<Help> all = QList{itself} + pictureHelp() + questionHelp() + answerHelp();
    for (Help& help : all)
        if (!help.section.isEmpty()) help.section = tr("section %1").arg(help.section);
    addHelp(panel, tr("Sohn, Lee and Yan 2015"), all);
}

}  // namespace vitrine
