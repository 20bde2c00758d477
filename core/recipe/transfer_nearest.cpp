// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/transfer_nearest.h"

#include <algorithm>

#include "core/base/fields.h"
#include "core/base/log.h"
#include "core/io/atomic_file.h"
#include "core/render/scans.h"

namespace vitrine {
namespace {

constexpr const char* kNearestFormat = "vitrine-transfer-nearest";
constexpr std::size_t kMaxNearestBytes = 1 << 20;

Error badNearestSources(const std::filesystem::path& file, const std::string& why) {
    return {ErrorCode::BadFormat,
            file.filename().string() + " cannot be used: " + why +
                ". Write it again: vitrine-cli eval transfer --write-nearest."};
}

void bindNearestSource(FieldSet& fields, NearestSource& source) {
    fields.text("target", source.target).required().filled();
    fields.choice("views", source.setting, transferSettingNames()).required();
    fields.text("rgb", source.rgb).required();
    fields.text("hog", source.hog).required();
    fields.text("catalogue", source.catalogue).omitEmpty();
}

void bindNearestSources(FieldSet& fields, std::vector<NearestSource>& all) {
    fields.list("chairs", all, bindNearestSource).required();
}

}  // namespace

const NearestSource* findNearest(const std::vector<NearestSource>& all,
                                 const std::string& target,
                                 TransferSetting setting) {
    const auto found = std::ranges::find_if(all, [&](const NearestSource& source) {
        return source.target == target && source.setting == setting;
    });
    return found == all.end() ? nullptr : &*found;
}

std::vector<ChairEntry> realChairs() {
    std::vector<ChairEntry> chairs;
    if (const auto catalogue = ChairCatalogue::loadDefault()) chairs = catalogue->entries();
    const auto scans = loadScans();
    if (!scans) logWarning(scans.error().message);
    if (scans) chairs.insert(chairs.end(), scans->begin(), scans->end());
    return chairs;
}

ChairsBeside chairsBeside(const std::vector<ChairEntry>& chairs,
                          const std::vector<NearestSource>& all,
                          const TransferRequest& request,
                          TransferLikeness likeness) {
    const auto entryOf = [&chairs](const std::string& id) {
        const auto found = std::ranges::find(chairs, id, &ChairEntry::id);
        return found == chairs.end() ? nullptr : &*found;
    };
    ChairsBeside beside;
    beside.real = entryOf(request.target);
    const NearestSource* source = findNearest(all, request.target, request.setting);
    if (!source) return beside;
    beside.nearest = entryOf(source->by(likeness));
    beside.isNearestOfCatalogue = !beside.nearest;
    if (!beside.nearest) beside.nearest = entryOf(source->catalogue);
    return beside;
}

std::filesystem::path nearestSourcesFile(const std::filesystem::path& models) {
    return models / "nearest.json";
}

Status writeNearestSources(const std::filesystem::path& file, const std::vector<NearestSource>& all) {
    nlohmann::json json = writeFields(all, bindNearestSources);
    json["format"] = kNearestFormat;
    json["version"] = 1;
    return writeFileAtomically(file, json.dump(1) + '\n');
}

Result<std::vector<NearestSource>> readNearestSources(const std::filesystem::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file, kMaxNearestBytes));
    const auto json = jsonOfText(text);
    if (!json.is_object() || json.value("format", nlohmann::json()) != kNearestFormat)
        return badNearestSources(file, "it lists no nearest source chairs");
    std::vector<NearestSource> all;
    if (const auto fault = readFields(json, all, bindNearestSources))
        return badNearestSources(file, "its field \"" + fault->name + "\" " + fault->what);
    return all;
}

}  // namespace vitrine
