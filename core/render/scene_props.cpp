// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_props.h"

#include "core/base/fields.h"
#include "core/base/folders.h"
#include "core/data/rotation_field.h"
#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

constexpr FieldRange kCentimetres{1e-3, 1000};

/// Metres, given in centimetres.
struct LengthField {
    FieldCheck read(const nlohmann::json& json, float& metres) const {
        auto fault = readFields(json, metres, kCentimetres);
        metres /= 100;
        return fault;
    }
};

/// Width, depth and height, of which the height is y.
struct SizeField {
    FieldCheck read(const nlohmann::json& json, Vector3& size) const {
        std::vector<float> sides;
        if (auto fault = readFields(json, sides, FieldList{LengthField(), 3})) return fault;
        if (sides.size() != 3) return FieldFault{{}, "must hold three numbers"};
        size = {sides[0], sides[2], sides[1]};
        return {};
    }
};

void bindClutter(FieldSet& fields, ClutterEntry& entry) {
    ChairEntry& piece = entry.piece;
    fields.text("name", piece.name).required();
    fields.text("creator", piece.creator).required();
    fields.text("licence", piece.licence).required();
    fields.text("archive", piece.archive).required();
    fields.text("model", piece.model).required();
    fields.value("rotation", piece.rotation, RotationField());
    fields.choice("split", piece.split, kSplitNames).required();
    fields.value("sizeCm", entry.sizeM, SizeField()).required();
}

/// Where a surface belongs: "floor", "wall" or "both".
struct UseField {
    FieldCheck read(const nlohmann::json& json, SurfaceEntry& entry) const {
        std::string use;
        const auto fault = readFields(json, use, FieldNames{"floor", "wall", "both"});
        entry.onFloor = use != "wall";
        entry.onWall = use != "floor";
        return fault;
    }
};

void bindSurface(FieldSet& fields, SurfaceEntry& entry) {
    fields.text("creator", entry.creator).required();
    fields.text("licence", entry.licence).required();
    fields.text("archive", entry.archive).required();
    fields.text("image", entry.image).required();
    fields.value("use", entry, UseField()).required();
    fields.value("widthCm", entry.widthM, LengthField()).required();
    fields.choice("split", entry.split, kSplitNames).required();
}

void bindProps(FieldSet& fields, SceneProps& props) {
    fields.list("clutter", props.clutter, bindClutter).required();
    fields.list("surfaces", props.surfaces, bindSurface).required();
}

}  // namespace

Result<SceneProps> SceneProps::load(const std::filesystem::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    SceneProps props;
    if (const auto fault = readFields(nlohmann::json::parse(text, nullptr, false), props, bindProps))
        return Error{ErrorCode::BadFormat,
                     file.string() + " is damaged: its field \"" + fault->name +
                         "\" is missing or wrong; install Vitrine again.",
                     fault->what};
    return props;
}

Result<SceneProps> SceneProps::loadDefault() {
    return load(resourceFolder() / "scene_props.json");
}

}  // namespace vitrine
