// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/lessons.h"

#include "ui/shell/text.h"

using namespace Qt::StringLiterals;

namespace vitrine {

const std::vector<Lesson>& lessons() {
    static const std::vector<Lesson> all{
        {u"morph"_s,
         u"chairs"_s,
         tr("Between two chairs"),
         tr("Drag the handle from A to B and compare with the frames below. Colour and shape change "
            "together, "
            "most of all around the middle, where thin parts fade and grow anew."),
         u":/lessons/morph.json"_s},
        {u"hidden-back"_s,
         u"segmentation"_s,
         tr("One picture, many answers"),
         tr("The back of the chair is hidden: compare the samples below, then paint over another part. They "
            "agree on what is seen and differ where it is hidden; Entropy shows where."),
         u":/lessons/hidden-back.json"_s},
        {u"same-point"_s,
         u"correspondence"_s,
         tr("The same point of another chair"),
         tr("Drag a point on chair A, or click to add one. Its match on B follows; where the way there and "
            "back "
            "ends far from its start, the table says unsure."),
         u":/lessons/same-point.json"_s}};
    return all;
}

}  // namespace vitrine
