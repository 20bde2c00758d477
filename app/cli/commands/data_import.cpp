// SPDX-License-Identifier: GPL-3.0-or-later
// data import | remove: chairs of the user's own. The window runs these too. A foreign mesh may crash its
// reader, so that a process of its own reads it.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "app/cli/child_process.h"
#include "app/cli/commands/data_commands.h"
#include "app/cli/commands/registry.h"
#include "core/base/log.h"
#include "core/data/own_chairs.h"
#include "core/render/chair_import.h"
#include "core/render/scans.h"

namespace vitrine {
namespace {

using Json = nlohmann::ordered_json;

struct ImportArguments {
    std::string file;
    std::string piece;
    std::string scans;
    std::string up;
    int timeLimit = 120;

    ChairImportOptions options() const {
        ChairImportOptions options{piece, {}};
        if (!up.empty()) options.up = up == "z" ? UpAxis::Z : UpAxis::Y;
        return options;
    }
};

/// What `import` makes, from a process of its own. Bytes in names that are no UTF-8 are replaced.
Result<Json> readInChild(const std::string& source,
                         int timeLimit,
                         const std::function<Result<Json>()>& import) {
    const auto work = [&]() -> Result<std::string> {
        VITRINE_TRY(const Json made, import());
        return made.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    VITRINE_TRY(const std::string text, runInChild(work, source, std::chrono::seconds(timeLimit)));
    return Json::parse(text);
}

Result<Json> readScans(const std::string& folder) {
    VITRINE_TRY(const ScanImport import, importScans(folder));
    Json scans = Json::array();
    for (const ChairEntry& scan : import.scans)
        scans.push_back({{"id", scan.id},
                         {"model", scan.model},
                         {"reserved", isReservedScan(scanNumber(scan).value_or(0))}});
    return Json{{"scans", std::move(scans)}, {"problems", import.problems}};
}

Result<Json> readChairs(const std::string& file, const ChairImportOptions& options) {
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    VITRINE_TRY(const ChairImport import, importOwnChairs(file, catalogue, options));
    Json chairs = Json::array();
    for (const ChairEntry& entry : import.chairs)
        chairs.push_back({{"id", entry.id},
                          {"index", entry.index},
                          {"name", entry.name},
                          {"creator", entry.creator},
                          {"licence", entry.licence}});
    return Json{{"chairs", std::move(chairs)}, {"warnings", import.warnings}};
}

void warnOfEach(const Json& sentences) {
    for (const Json& sentence : sentences) logWarning(sentence.get<std::string>());
}

Status importScanFolder(const ImportArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const Json import, readInChild(arguments.scans, arguments.timeLimit, [&] {
                    return readScans(arguments.scans);
                }));
    warnOfEach(import["problems"]);
    const auto& scans = import["scans"];
    const auto numReserved =
        std::ranges::count_if(scans, [](const Json& scan) { return scan["reserved"].get<bool>(); });
    context.answer(
        import,
        fmt::format("{} scans for training (data render --styles all), {} reserved as unseen chairs\n",
                    std::ssize(scans) - numReserved,
                    numReserved));
    return {};
}

Status importChairs(const ImportArguments& arguments, const CliContext& context) {
    if (!arguments.scans.empty()) return importScanFolder(arguments, context);
    VITRINE_TRY(const Json import, readInChild(arguments.file, arguments.timeLimit, [&] {
                    return readChairs(arguments.file, arguments.options());
                }));
    warnOfEach(import["warnings"]);
    std::string text;
    for (const Json& chair : import["chairs"])
        text += fmt::format("Added {} ({}), number {}\n",
                            chair["id"].get<std::string>(),
                            chair["name"].get<std::string>(),
                            chair["index"].get<int>());
    context.answer(import, text);
    return {};
}

Status removeChair(const std::string& id, const CliContext& context) {
    VITRINE_CHECK(removeOwnChair(id));
    context.answer({{"removed", id}}, "Removed " + id);
    return {};
}

void addDataImport(CLI::App& data, CliContext& context) {
    auto arguments = std::make_shared<ImportArguments>();
    CLI::App& import = *data.add_subcommand("import", "Add a chair of your own: .obj, .glb or .sh3f");
    CLI::App& source = *import.add_option_group("Source")->require_option(1);
    source.add_option("file", arguments->file, "The model or the library of models");
    import.add_option("--piece", arguments->piece, "Only this piece of a .sh3f library, by its name");
    import
        .add_option("--up",
                    arguments->up,
                    "Up axis of the mesh; default: z if the mesh clearly stands on z = 0, else y")
        ->check(CLI::IsMember({"y", "z"}));
    import.add_option("--time-limit", arguments->timeLimit, "Seconds that reading may take")
        ->check(CLI::Range(1, 86'400));
    source.add_option(
        "--pix3d",
        arguments->scans,
        "Folder of a Pix3D download, or of numbered .glb files: scanned chairs for training only");
    setAction(import, [arguments, &context] { return importChairs(*arguments, context); });

    auto id = std::make_shared<std::string>();
    CLI::App& remove = *data.add_subcommand("remove", "Remove one of your own chairs from the catalogue");
    remove.add_option("id", *id, "Its id")->required();
    setAction(remove, [id, &context] { return removeChair(*id, context); });
}

const RegisteredCommand kDataImportCommand{CommandGroup::OfData, "import", addDataImport};

}  // namespace

Result<std::string> importChairFile(const std::string& file) {
    VITRINE_TRY(const Json import,
                readInChild(file, ImportArguments().timeLimit, [&file] { return readChairs(file, {}); }));
    warnOfEach(import["warnings"]);
    return import["chairs"].at(0)["id"].get<std::string>();
}

}  // namespace vitrine
