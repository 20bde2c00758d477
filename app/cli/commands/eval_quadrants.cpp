// SPDX-License-Identifier: GPL-3.0-or-later
// eval quadrants: how likely the hidden quadrants of a picture are to each network.
#include <fmt/format.h>

#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/registry.h"
#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/eval/completion_eval.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct CompletionEvalArguments {
    std::vector<std::string> models;
    std::string data, csv;
    CompletionEvalOptions eval;
};

/// For MNIST, from memory: could not be checked. Units: nats. Source: papers.md A10.
struct CompletionPaperRow {
    const char* method;
    double quadrants[3];
};
constexpr CompletionPaperRow kCompletionPaperRows[] = {{"NN", {99.75, 62.18, 25.99}},
                                                       {"GSNN (MC)", {99.82, 62.41, 26.29}},
                                                       {"CVAE (MC)", {68.39, 45.34, 20.96}},
                                                       {"CVAE (IS)", {63.91, 44.73, 20.95}}};

Json paperCell(const std::string& method, std::int64_t quadrants) {
    for (const CompletionPaperRow& row : kCompletionPaperRows)
        if (method == row.method && quadrants >= 1) return row.quadrants[quadrants - 1];
    return {};
}

Result<std::vector<fs::path>> modelsOf(const CompletionEvalArguments& arguments) {
    std::vector<fs::path> models(arguments.models.begin(), arguments.models.end());
    for (int seen = 0; seen <= 3 && arguments.models.empty(); ++seen)
        for (const char* variant : {"cvae", "gsnn"})
            if (const fs::path file =
                    modelFolder() / fmt::format("quadrants-{}-{}.safetensors", seen, variant);
                fs::exists(file))
                models.push_back(file);
    if (models.empty())
        return Error{ErrorCode::NotFound,
                     "There are no bundled quadrant networks; name weight files with --models."};
    return models;
}

class Table {
public:
    explicit Table(const std::vector<std::int64_t>& counts) : m_counts(counts) {}
    void addOne(const std::string& method, std::int64_t quadrants, const LikelihoodSummary& value) {
        add(method, quadrants, {}, value);
    }
    void addCurve(const std::string& method, std::int64_t quadrants, const LikelihoodCurve& curve) {
        for (std::size_t i = 0; i < curve.size(); ++i) add(method, quadrants, m_counts[i], curve[i]);
    }
    const TableRows& rows() const { return m_rows; }

private:
    void add(const std::string& method,
             std::int64_t quadrants,
             Json samples,
             const LikelihoodSummary& value) {
        if (!std::isfinite(value.mean)) return;
        m_rows.push_back({{"method", method},
                          {"quadrants", quadrants},
                          {"S", std::move(samples)},
                          {"nats", value.mean},
                          {"sd over pictures", value.standardDeviation},
                          {"paper: MNIST (unverified)", paperCell(method, quadrants)}});
    }
    const std::vector<std::int64_t>& m_counts;
    TableRows m_rows = TableRows::array();
};

std::string nameOfLatent(const CompletionNetOptions& network) {
    if (network.numQuadrants == 0) return "VAE";
    return network.variant == CompletionVariant::Gsnn ? "GSNN" : "CVAE";
}

Status evalQuadrants(const CompletionEvalArguments& arguments, const CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(const auto models, modelsOf(arguments));
    Table table(arguments.eval.counts);
    for (const fs::path& model : models) {
        VITRINE_TRY(const CompletionEval eval,
                    evaluateCompletion(model, arguments.data, arguments.eval, context.jobContext()));
        const std::int64_t quadrants = eval.network.numQuadrants;
        // Their figures do not compare with those of grey values.
        const std::string pixels = eval.network.binarised ? ", black and white" : "";
        const std::string latent = nameOfLatent(eval.network) + pixels;
        if (eval.network.variant != CompletionVariant::Gsnn)
            table.addOne("NN" + pixels, quadrants, eval.baseline);
        table.addCurve(latent + " (MC)", quadrants, eval.monteCarlo);
        table.addCurve(latent + " (IS)", quadrants, eval.importance);
        table.addOne(latent + " (-ELBO)", quadrants, eval.bound);
    }
    const std::string text =
        fmt::format("-log p(y | x) of the hidden pixels, {} held-out pictures; lower is better\n\n{}",
                    arguments.eval.numPictures,
                    markdownOf(table.rows(), 2));
    return answerTable(context, table.rows(), arguments.csv, text, {}, models);
}

void addEvalQuadrants(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "quadrants", "Negative conditional log-likelihood by Monte Carlo and importance sampling");
    auto arguments = std::make_shared<CompletionEvalArguments>();
    command.add_option("--models", arguments->models, "Weight files; default: the bundled ones");
    command.add_option("--data", arguments->data, "Folder of idx files; default: Fashion-MNIST");
    command.add_option("--csv", arguments->csv, "Write the table also to this file");
    command.add_option("--pictures", arguments->eval.numPictures, "Of the test set")
        ->check(CLI::Range(1, 10000));
    command.add_option("--counts", arguments->eval.counts, "Numbers of samples S, ascending")->delimiter(',');
    setAction(command, [arguments, &context] {
        arguments->eval.seed += context.seed;  // without --seed the figures of docs/results come out
        return evalQuadrants(*arguments, context);
    });
}

const RegisteredCommand kEvalQuadrantsCommand{CommandGroup::OfEval, "quadrants", addEvalQuadrants};

}  // namespace

}  // namespace vitrine
