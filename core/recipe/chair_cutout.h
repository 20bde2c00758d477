// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

enum class MaskSource { Mask, Alpha, Ground };
enum class MaskShare { Part, None, All };  ///< of the picture; of None and All nothing can be cut out

/// A picture, at the size that photographs are looked at in, and where its chair is.
struct LocatedChair {
    Image square;     ///< the smallest square around the picture. Shapes: [S, S, 4] premultiplied
    LabelMap inside;  ///< 1 on the chair; empty of it where none was found. Shapes: [S, S]
    int left = 0, top = 0, right = 0, bottom = 0;  ///< of the picture in the square; the last two are outside
    MaskSource source = MaskSource::Ground;
    MaskShare share = MaskShare::None;
    std::string notice = {};  ///< what the user should know, a sentence; mostly empty

    /// Without what surrounds it in the square. Shapes: [H, W, 4] premultiplied; its longer side is S.
    Image picture() const;
    /// Shapes: as the picture.
    LabelMap mask() const;
};

/// The chair of a picture, framed as the renders are.
struct ChairCutout {
    Image premultiplied;  ///< [size, size, 4]
    std::string notice;   ///< as of LocatedChair
};

/// Finds the chair of a picture of any size: by the mask, else the alpha channel, else a flood fill of the
/// plain background from the picture's edge. Of several objects that were found so the largest is taken, and
/// the notice says so; of a mask all is. Shapes: picture [H, W, 1, 3 or 4] (straight alpha); mask [H, W], not
/// 0 on the chair, or empty. Errors: InvalidArgument (an empty picture, a mask of another size).
Result<LocatedChair> locateChair(const Image& picture, const LabelMap& mask);
/// Errors: InvalidArgument (no chair, no plain background), with what to do.
Result<ChairCutout> frameChair(const LocatedChair& chair, int size);
/// Both.
Result<ChairCutout> cutOutChair(const Image& picture, const LabelMap& mask, int size);

}  // namespace vitrine
