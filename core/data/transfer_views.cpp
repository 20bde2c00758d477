// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/transfer_views.h"

#include <algorithm>

#include "core/data/style_ids.h"

namespace vitrine {
namespace {

constexpr int kNumAzimuths = 31;
constexpr float kGivenElevationDeg = 20;

void bindTransfer(FieldSet& fields, TransferViews& transfer) {
    transfer.bind(fields);
}

}  // namespace

bool isGivenAzimuth(int azimuthIndex, int numGiven) {
    const int step = (kNumAzimuths + numGiven / 2) / numGiven;
    return azimuthIndex >= 0 && azimuthIndex % step == 0 && azimuthIndex / step < numGiven;
}

std::set<std::string> TransferViews::targetIds() const {
    return styleIdsIn(targets);
}

bool TransferViews::isGiven(const PackedView& view) const {
    return isGivenAzimuth(view.azimuthIndex, targetAzimuths) &&
           (!targetsAt20 || view.view.elevationDeg == kGivenElevationDeg);
}

bool TransferViews::isTrained(const PackedView& view, bool isTarget) const {
    if (!isTarget && sources == SourceViews::All) return true;
    return (isTarget || sources == SourceViews::Few) && isGiven(view);
}

std::string TransferViews::toText() const {
    return compactText(writeFields(*this, bindTransfer));
}

std::optional<TransferViews> TransferViews::fromText(const std::string& text) {
    TransferViews transfer;
    const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || readFields(json, transfer, bindTransfer) || transfer.check()) return {};
    return transfer;
}

void TransferViews::bind(FieldSet& fields) {
    const char* group = "Knowledge transfer";
    fields.text(targets,
                {.key = "targets",
                 .label = "Target chairs",
                 .help = "Ids of the chairs of which only few views are trained on, separated by commas.",
                 .group = group,
                 .advanced = true});
    fields.integer(
        targetAzimuths,
        {.key = "targetAzimuths",
         .label = "Azimuths of targets",
         .help = "How many azimuths of a target are trained on, spread evenly: 31 (all), 15, 8, 4, "
                 "2 or 1.",
         .group = group,
         .minimum = 1,
         .maximum = kNumAzimuths,
         .advanced = true});
    fields.flag(targetsAt20,
                {.key = "targetsAt20",
                 .label = "Targets at 20 degrees only",
                 .help = "Leaves out the targets' views at the elevation of 30 degrees.",
                 .group = group,
                 .advanced = true});
    fields.choice(
        sources,
        {.key = "sources",
         .label = "Source chairs",
         .help = "Views of the other chairs. all: with transfer; few: without, these chairs have as "
                 "few views as the targets; none: without, the targets alone.",
         .group = group,
         .choices = {"all", "few", "none"},
         .advanced = true});
}

const std::vector<std::string>& transferSettingNames() {
    static const std::vector<std::string> names{"15", "8", "4", "2", "1", "elevation"};
    return names;
}

TransferViews viewsOf(TransferSetting setting) {
    if (setting == TransferSetting::Elevation) return {.targetsAt20 = true};
    return {.targetAzimuths = kTransferAzimuths[std::size_t(setting)]};
}

std::vector<float> givenAzimuthsDeg(TransferSetting setting) {
    const int numGiven = viewsOf(setting).targetAzimuths;
    std::vector<float> given;
    for (int i = 0; i < kNumAzimuths; ++i)
        if (isGivenAzimuth(i, numGiven)) given.push_back(trainedAzimuthsDeg()[std::size_t(i)]);
    return given;
}

std::vector<float> givenElevationsDeg(TransferSetting setting) {
    return setting == TransferSetting::Elevation ? std::vector{kGivenElevationDeg} : trainedElevationsDeg();
}

bool isGivenView(TransferSetting setting, const ChairView& view) {
    const auto azimuths = givenAzimuthsDeg(setting), elevations = givenElevationsDeg(setting);
    return std::ranges::find(azimuths, view.azimuthDeg) != azimuths.end() &&
           std::ranges::find(elevations, view.elevationDeg) != elevations.end();
}

FieldCheck TransferViews::check() const {
    if (targetAzimuths != kNumAzimuths &&
        std::ranges::find(kTransferAzimuths, targetAzimuths) == kTransferAzimuths.end())
        return FieldFault{"targetAzimuths", "must be 31, 15, 8, 4, 2 or 1"};
    if (!isOn() && sources != SourceViews::All)
        return FieldFault{"sources", "can only be all while targets names no chair"};
    return {};
}

}  // namespace vitrine
