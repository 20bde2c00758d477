// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/recipe/morph_trust.h"

namespace vitrine {

/// How strongly the style slider is hatched at a value: 0 in the trusted range, rising to 1 where the ratio
/// is half as large again.
double shadeAt(const TrustProfile& profile, double value);
bool isTrustedAt(const TrustProfile& profile, double value);
/// What was measured at a value of the slider, and the rule.
QString trustTip(const TrustProfile& profile, double value);
/// One line for a value that is not trusted.
QString trustHint(const TrustProfile& profile, double value);

}  // namespace vitrine
