// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/trust_shading.h"

#include <QLocale>
#include <algorithm>

#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kFullyShaded = 1.5 * kTrustedRatio;

QString oneDecimal(double value) {
    return QLocale().toString(value, 'f', 1);
}

}  // namespace

double shadeAt(const TrustProfile& profile, double value) {
    const double ratio = ratiosAt(profile, value).largest();
    return std::clamp((ratio - kTrustedRatio) / (kFullyShaded - kTrustedRatio), 0.0, 1.0);
}

bool isTrustedAt(const TrustProfile& profile, double value) {
    return ratiosAt(profile, value).largest() <= kTrustedRatio;
}

QString trustTip(const TrustProfile& profile, double value) {
    const TrustPoint here = trustAt(profile, value);
    const TrustRatios ratios = ratiosAt(profile, value);
    const QString measured =
        tr("At %1 % of B: mask ambiguity %2 (%3 times that of the ends), %4 components (%5 times).")
            .arg(100 * value, 0, 'f', 0)
            .arg(oneDecimal(here.ambiguity),
                 oneDecimal(ratios.ambiguity),
                 oneDecimal(here.components),
                 oneDecimal(ratios.components));
    const QString rule =
        tr("Means over %1 pairs of chairs (vitrine-cli eval morphs). Not hatched: both at most "
           "%2 times those of the ends. Hatched: pictures are less reliable.")
            .arg(profile.numPairs)
            .arg(kTrustedRatio, 0, 'f', 0);
    return u"<p>%1</p><p>%2</p>"_s.arg(measured.toHtmlEscaped(), rule.toHtmlEscaped());
}

QString trustHint(const TrustProfile& profile, double value) {
    const TrustRatios ratios = ratiosAt(profile, value);
    return ratios.ambiguity >= ratios.components
               ? tr("Less reliable here: masks are %1 times as ambiguous as at A and B.")
                     .arg(oneDecimal(ratios.ambiguity))
               : tr("Less reliable here: %1 times as many components as at A and B.")
                     .arg(oneDecimal(ratios.components));
}

}  // namespace vitrine
