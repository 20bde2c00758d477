// SPDX-License-Identifier: GPL-3.0-or-later
// Panel states, projects, recipes and configurations are all read by a FieldSet: one struct with a field of
// each kind.
#include <array>
#include <optional>

#include "core/base/fields.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

namespace {

enum class Kind { Picture, Grid, Morph };

struct Inner {
    std::string name;
    double x = 0;
    std::filesystem::path file;
};

struct Outer {
    double number = 0;
    float single = 0;
    std::int64_t integer = 0;
    std::uint64_t seed = 0;
    int size = 0;
    bool flag = false;
    Kind kind = Kind::Picture;
    Inner inner;
    std::vector<double> numbers;
    std::array<int, 3> three = {};
    std::vector<Inner> inners;
    std::vector<std::vector<Kind>> kinds;
    std::optional<std::string> maybe;
};

void bindInner(FieldSet& fields, Inner& inner) {
    fields.text("name", inner.name).required();
    fields.number("x", inner.x, {-1e6, 1e6}).formerly("y");
    fields.path("file", inner.file).omitEmpty();
}

void bindOuter(FieldSet& fields, Outer& outer) {
    const FieldNames kinds{"picture", "grid", "morph"};
    fields.number("number", outer.number);
    fields.number("single", outer.single);
    fields.integer("integer", outer.integer);
    fields.integer("seed", outer.seed);
    fields.integer("size", outer.size, {-16, 4096});
    fields.flag("flag", outer.flag);
    fields.choice("kind", outer.kind, kinds);
    fields.object("inner", outer.inner, bindInner).when([&outer] { return outer.kind == Kind::Grid; });
    fields.list("numbers", outer.numbers, FieldRange{0, 1}, 8);
    fields.list("three", outer.three, fullRange<int>());
    fields.list("inners", outer.inners, bindInner, 8);
    fields.list("kinds", outer.kinds, FieldList<FieldNames>{kinds, 4}, 4);
    fields.optional("maybe", outer.maybe, FieldPlain());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = nlohmann::json::parse(fuzz::textOf(data, size), nullptr, false);
    Outer outer, again;
    if (json.is_discarded() || readFields(json, outer, bindOuter)) return 0;
    const std::string written = compactText(writeFields(outer, bindOuter));
    fuzz::require(!readFields(nlohmann::json::parse(written), again, bindOuter));
    fuzz::require(compactText(writeFields(again, bindOuter)) == written);
    return 0;
}
