// SPDX-License-Identifier: GPL-3.0-or-later
// data import | remove: chairs of the user's own. The window runs these too: a foreign mesh may crash its
// reader.
#include <memory>

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

    ChairImportOptions options() const {
        ChairImportOptions options{piece, {}};
        if (!up.empty()) options.up = up == "z" ? UpAxis::Z : UpAxis::Y;
        return options;
    }
};

Status importScanFolder(const std::string& folder, const CliContext& context) {
    VITRINE_TRY(const ScanImport import, importScans(folder));
    Json scans = Json::array();
    int numReserved = 0;
    for (const ChairEntry& scan : import.scans) {
        const bool isReserved = isReservedScan(scanNumber(scan).value_or(0));
        numReserved += isReserved;
        scans.push_back({{"id", scan.id}, {"model", scan.model}, {"reserved", isReserved}});
    }
    for (const std::string& problem : import.problems) logWarning(problem);
    const int numTraining = int(import.scans.size()) - numReserved;
    context.answer({{"scans", std::move(scans)}, {"problems", import.problems}},
                   std::to_string(numTraining) + " scans for training (data render --styles all), " +
                       std::to_string(numReserved) + " reserved as unseen chairs\n");
    return {};
}

Status importChairs(const ImportArguments& arguments, const CliContext& context) {
    if (!arguments.scans.empty()) return importScanFolder(arguments.scans, context);
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    VITRINE_TRY(const ChairImport import, importOwnChairs(arguments.file, catalogue, arguments.options()));
    for (const std::string& warning : import.warnings) logWarning(warning);
    Json chairs = Json::array();
    std::string text;
    for (const ChairEntry& entry : import.chairs) {
        chairs.push_back({{"id", entry.id},
                          {"index", entry.index},
                          {"name", entry.name},
                          {"creator", entry.creator},
                          {"licence", entry.licence}});
        text += "Added " + entry.id + " (" + entry.name + "), number " + std::to_string(entry.index) + "\n";
    }
    context.answer({{"chairs", std::move(chairs)}, {"warnings", import.warnings}}, text);
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

}  // namespace vitrine
