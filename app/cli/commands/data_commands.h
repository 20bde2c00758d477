// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "app/cli/commands/commands.h"
#include "core/data/mask_labels.h"

namespace vitrine {

/// `data check` of a packed set of scenes. `masks`: how the masks were read that it was just packed from.
Status checkScenes(const std::string& file, const CliContext& context, const std::string& masks = {});

/// --labels of `data pack` and `data check`.
inline void addLabelsOption(CLI::App& command, LabelChoice& labels) {
    static const std::map<std::string, LabelChoice> kChoices{{"auto", LabelChoice::Auto},
                                                             {"numbers", LabelChoice::Numbers},
                                                             {"foreground", LabelChoice::Foreground},
                                                             {"grey", LabelChoice::Grey},
                                                             {"colours", LabelChoice::Colours}};
    command
        .add_option("--labels",
                    labels,
                    "What the masks of images/ and masks/ hold: numbers of classes (255: unknown); "
                    "foreground from grey 128 on; "
                    "a grey level or a colour for each class; auto: found over all masks")
        ->transform(CLI::CheckedTransformer(kChoices))
        ->type_name("auto|numbers|foreground|grey|colours")
        ->default_str("auto");
}

/// `data import FILE` for another command: the id of the chair, of several the first.
Result<std::string> importChairFile(const std::string& file);

/// What a command that was stopped answers.
inline Error cancelledError(const char* what) {
    return {ErrorCode::Internal, what};
}

}  // namespace vitrine
