// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/metrics/bootstrap.h"

namespace vitrine {

/// Quality of pictures against renders: RGB composited on white, and the mask cut at one half.
struct ChairScore {
    double psnr = 0;          ///< mean over views of each view's PSNR. Units: dB
    double pooledPsnr = 0;    ///< PSNR of the mean squared error over all views. Units: dB
    double squaredError = 0;  ///< mean over views of the squared error, summed over a picture's RGB values
    double iou = 0;           ///< mean over views of the masks' intersection over union
    double edge =
        0;  ///< gradient energy of the pictures over that of the renders; below 1 where they are blurred
    std::size_t views = 0;
    Interval psnrInterval, iouInterval;  ///< 95 %, bootstrap by chair model
};

}  // namespace vitrine
