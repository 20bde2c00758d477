// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

class TrainingKind;

/// Training of the chair generator. Source: Dosovitskiy et al. 2015; papers.md B1-B4.
const TrainingKind& chairTrainingKind();
/// Training of the structured predictor in all its variants. Source: Sohn, Lee, Yan 2015; papers.md A1-A5.
const TrainingKind& segmentationTrainingKind();
/// Training of the networks that complete pictures of which 0 to 3 quadrants are seen. Source: Sohn, Lee, Yan
/// 2015, section 5.1; papers.md A10.
const TrainingKind& completionTrainingKind();
/// Training of a conditional VAE with discrete tokens as latent.
const TrainingKind& tokenTrainingKind();

}  // namespace vitrine
