// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cli/commands/commands.h"
#include "core/sessions/segmentation_session.h"

namespace vitrine {

/// Opens a bundled variant, or a weight file. Errors: NotFound saying how to get one; those of
/// SegmentationSession::open.
Result<SegmentationSession> openSegmentationModel(const std::string& model, const CliContext& context);
/// Asks it, with progress on standard error. Stops: at Ctrl+C, with what there is.
Result<SegmentationResult> segmentWithProgress(SegmentationSession& session,
                                               const SegmentationRequest& request,
                                               const CliContext& context);

}  // namespace vitrine
