// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/part_labels.h"

namespace vitrine {

PartLabels::PartLabels(const Mesh&) {}

ChairPart PartLabels::label(Vector3 point, Vector3) const {
    if (point.y > m_seatHeight + m_seatThickness) return ChairPart::Back;
    return point.y < m_seatHeight - m_seatThickness ? ChairPart::Legs : ChairPart::Seat;
}

}  // namespace vitrine
