// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "app/cli/commands/registry.h"
#include "core/base/fields.h"
#include "core/base/log.h"

namespace vitrine {
namespace {

CliContext context;

/// What an action threw or returned, carried out of CLI11's callback.
struct CommandFailed {
    Error error;
};

extern "C" void onStopSignal(int) {
    context.stop.request_stop();
}

/// Why standard output could not be written; 0: it could.
int outputError = 0;

void print(const std::string& text) {
    if (outputError != 0) return;
    errno = 0;
    std::cout << text << std::flush;
    if (!std::cout) outputError = errno != 0 ? errno : EIO;
}

/// A full disk or a closed pipe takes the answer away, so that the command has failed.
int checkedOutput(int exitCode) {
    print({});
    if (outputError == 0 || exitCode != 0) return exitCode;
    std::fprintf(stderr,
                 "vitrine-cli: Standard output cannot be written (%s); the answer is lost.\n",
                 std::strerror(outputError));
    return 1;
}

bool isTerminal() {
    return ::isatty(STDERR_FILENO) != 0;
}

/// A line that is drawn over and over on a terminal; in a log, a line for each tenth of the work.
bool isWorthALine(const Progress& progress) {
    static std::atomic<int> lastTenth = -1;
    const int tenth = int(10 * progress.fraction);
    const int last = lastTenth.exchange(tenth);
    return isTerminal() || tenth != last;
}

void printProgress(const Progress& progress) {
    if (!isWorthALine(progress)) return;
    std::string left;
    if (progress.secondsLeft >= 0) {
        const long seconds = std::lround(progress.secondsLeft);
        left = seconds >= 90 ? fmt::format(", {} min left", (seconds + 30) / 60)
                             : fmt::format(", {} s left", seconds);
    }
    std::fprintf(stderr,
                 "%s%3.0f%% %s%s",
                 isTerminal() ? "\r\033[K" : "",
                 100 * progress.fraction,
                 progress.message.c_str(),
                 left.c_str());
    if (progress.fraction >= 1 || !isTerminal()) std::fputc('\n', stderr);
    std::fflush(stderr);
}

/// {"fraction":0.43,"secondsLeft":12,"message":"..."}, at most about ten a second; the last one always.
void printProgressJson(const Progress& progress) {
    using Clock = std::chrono::steady_clock;
    static std::mutex mutex;
    static Clock::time_point last;
    const std::lock_guard lock(mutex);
    const auto now = Clock::now();
    if (progress.fraction < 1 && now - last < std::chrono::milliseconds(100)) return;
    last = now;
    const nlohmann::json line = {{"fraction", progress.fraction},
                                 {"secondsLeft", progress.secondsLeft},
                                 {"message", progress.message}};
    std::fprintf(stderr, "%s\n", compactText(line).c_str());
    std::fflush(stderr);
}

void addProgressOption(CLI::App& app) {
    const std::map<std::string, bool> forms = {{"text", false}, {"json", true}};
    app.add_option("--progress",
                   context.progressJson,
                   "Progress on standard error: text, or one JSON object per line")
        ->transform(CLI::CheckedTransformer(forms))
        ->type_name("text|json")
        ->default_str("text");
}

void addGlobalOptions(CLI::App& app) {
    app.add_flag("--json", context.json, "Print the result as one JSON object");
    app.add_option("--device", context.device, "Device that networks run on")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    app.add_option("--precision",
                   context.precision,
                   "Precision of the chair generator and of training; auto = the faster one on this "
                   "processor, measured at first use (on a GPU: fp16, training bf16)")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}));
    app.add_option("--threads", context.threads, "CPU threads; 0 = all")->check(CLI::Range(0, 1024));
    app.add_option("--seed", context.seed, "Seed of everything random");
    addProgressOption(app);
}

int run(int argc, char** argv) {
    CLI::App app("Vitrine: look inside deep structured models, and train them", "vitrine-cli");
    app.set_version_flag("--version", VITRINE_VERSION);
    app.fallthrough();
    app.require_subcommand(1);
    app.footer(
        "Every command takes --json, --device, --precision, --threads and --seed; \"vitrine-cli "
        "--help\" describes them.");
    app.option_defaults()->always_capture_default();
    addGlobalOptions(app);
    for (const CommandGroup group : {CommandGroup::Inspect,
                                     CommandGroup::Data,
                                     CommandGroup::Train,
                                     CommandGroup::Explore,
                                     CommandGroup::Measure})
        addCommands(app, group, context);
    try {
        app.parse(argc, argv);
        return 0;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    } catch (const CommandFailed& failure) {
        std::fprintf(stderr,
                     "%svitrine-cli: %s\n",
                     isTerminal() && !context.progressJson ? "\r\033[K" : "",
                     failure.error.message.c_str());
        if (!failure.error.detail.empty()) log(LogLevel::Debug, failure.error.detail);
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr,
                     "vitrine-cli: not enough memory; close other programs or request less at a time\n");
    } catch (const std::exception& error) {
        const std::string_view what = error.what();  // LibTorch appends where it was thrown
        std::fprintf(stderr,
                     "vitrine-cli: internal error: %s\n",
                     std::string(what.substr(0, what.find('\n'))).c_str());
    }
    return 1;
}

}  // namespace

void CliContext::answer(const nlohmann::json& result, const std::string& text) const {
    // Names of files may hold bytes that are no UTF-8.
    if (json)
        print(result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    else
        print(text + (text.empty() || text.back() == '\n' ? "" : "\n"));
}

JobContext CliContext::jobContext() const {
    return {progressJson ? printProgressJson : printProgress, stop.get_token()};
}

void setAction(CLI::App& command, std::function<Status()> action) {
    command.callback([action = std::move(action)] {
        if (Status status = action(); !status) throw CommandFailed{status.error()};
    });
}

}  // namespace vitrine

int main(int argc, char** argv) {
    std::signal(SIGINT, vitrine::onStopSignal);
    std::signal(SIGTERM, vitrine::onStopSignal);
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is reported like any other output that fails
    return vitrine::checkedOutput(vitrine::run(argc, argv));
}
