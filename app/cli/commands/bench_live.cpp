// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/cli/commands/registry.h"
#include "app/passive_waiting.h"
#include "core/io/atomic_file.h"
#include "core/jobs/worker.h"
#include "core/nets/compute.h"
#include "core/runs/metrics_file.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_status.h"
#include "core/sessions/chair_session.h"

extern char** environ;

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kFrame = std::chrono::microseconds(16'667);  // a pointer that moves 60 times a second
constexpr auto kStartLimit = std::chrono::seconds(120);

struct LiveArguments {
    std::string preset = "compact-128";
    double seconds = 15;
    std::int64_t batch = 16;
};

struct Percentiles {
    double p50 = 0, p95 = 0, p99 = 0;
    std::size_t count = 0;
};

Percentiles percentilesOf(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto at = [&values](double share) {
        return values.empty()
                   ? 0.0
                   : values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
    };
    return {at(0.5), at(0.95), at(0.99), values.size()};
}

/// For each move of the slider: milliseconds until a picture is there that is at least as new. Moves that
/// were overtaken count too.
class SliderClock {
public:
    void moved(std::int64_t number) {
        const std::lock_guard lock(m_mutex);
        m_open.push_back({number, Clock::now()});
    }
    void painted(std::int64_t number) {
        const std::lock_guard lock(m_mutex);
        const auto now = Clock::now();
        std::erase_if(m_open, [&](const Move& move) {
            if (move.number > number) return false;
            m_latencies.push_back(std::chrono::duration<double, std::milli>(now - move.at).count());
            return true;
        });
    }
    std::vector<double> latencies() {
        const std::lock_guard lock(m_mutex);
        return m_latencies;
    }

private:
    struct Move {
        std::int64_t number;
        Clock::time_point at;
    };
    std::mutex m_mutex;
    std::vector<Move> m_open;
    std::vector<double> m_latencies;
};

/// Drags a slider for some seconds, as the window does it: a worker with a latest-wins slot.
Percentiles drag(ChairSession& session, double seconds, const std::stop_token& stop) {
    SliderClock clock;
    {
        const auto worker = makeThreadWorker();
        const auto start = Clock::now();
        for (std::int64_t number = 0;
             Clock::now() - start < std::chrono::duration<double>(seconds) && !stop.stop_requested();
             ++number) {
            const float weight = float(0.5 + 0.5 * std::sin(0.05 * double(number)));
            const ChairRequest request{{{0, weight}, {1, 1 - weight}}, {float(number % 360), 20}, {}};
            clock.moved(number);
            worker->postLatest([&session, &clock, request, number](std::stop_token) {
                if (session.generate(request)) clock.painted(number);
            });
            std::this_thread::sleep_until(start + (number + 1) * kFrame);
        }
    }
    return percentilesOf(clock.latencies());
}

/// A training at full speed in a process of its own, as the training tab starts it.
class BackgroundTraining {
public:
    static Result<std::unique_ptr<BackgroundTraining>> start(const LiveArguments& arguments) {
        auto training = std::make_unique<BackgroundTraining>();
        char folder[] = "/tmp/vitrine-bench-XXXXXX";
        if (!mkdtemp(folder))
            return Error{ErrorCode::Io, "No temporary folder could be made for the training."};
        training->m_folder = folder;
        const nlohmann::json config = {{"batch", arguments.batch},
                                       {"checkpointMinutes", 0},
                                       {"previewEvery", 1000000},
                                       {"stages", {{{"preset", arguments.preset}, {"steps", 1000000}}}}};
        VITRINE_CHECK(
            writeFileAtomically(training->m_folder / "config.json", std::string_view(config.dump())));
        VITRINE_CHECK(training->spawn());
        VITRINE_CHECK(training->waitUntilTraining());
        return training;
    }
    ~BackgroundTraining() {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
        std::error_code fault;
        std::filesystem::remove_all(m_folder, fault);
    }
    /// Steps a second while `work` runs, by the training's own figures.
    template <class Work>
    double stepsPerSecondDuring(Work work) {
        const RunStatus before = status();
        work();
        const RunStatus after = status();
        return double(after.step - before.step) / std::max(after.updated - before.updated, 1e-9);
    }

private:
    Status spawn() {
        const std::string run = m_folder / "run", config = m_folder / "config.json";
        std::vector<std::string> words = {"vitrine-cli", "train", config, "--out", run, "--background"};
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);  // as a process that outlives the window
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(
            &files, STDERR_FILENO, (m_folder / "log").c_str(), O_CREAT | O_WRONLY, 0600);
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        const int failure =
            posix_spawn(&m_pid, "/proc/self/exe", &files, &attributes, arguments.data(), environ);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&files);
        if (failure == 0) return {};
        m_pid = 0;
        return Error{ErrorCode::Internal, "The training process could not be started."};
    }
    Status waitUntilTraining() {
        const auto limit = Clock::now() + kStartLimit;
        while (Clock::now() < limit) {
            if (const auto now = readStatus(m_folder / "run"); now && now->step > 2) return {};
            if (::waitpid(m_pid, nullptr, WNOHANG) == m_pid) {
                m_pid = 0;
                const auto said = readTextFile(m_folder / "log");
                return Error{ErrorCode::InvalidArgument,
                             "The background training could not start; is the data set there (vitrine-cli "
                             "data render)?",
                             said ? *said : ""};
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return Error{ErrorCode::Busy, "The background training did not start within two minutes."};
    }
    RunStatus status() const {
        const auto now = readStatus(m_folder / "run");
        return now ? *now : RunStatus();
    }
    std::filesystem::path m_folder;
    pid_t m_pid = 0;
};

nlohmann::json toJson(const Percentiles& p) {
    return {{"p50Ms", p.p50}, {"p95Ms", p.p95}, {"p99Ms", p.p99}, {"moves", p.count}};
}

Status live(const LiveArguments& arguments, CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(ChairSession session,
                ChairSession::open(ChairSession::defaultModel(), Device::Cpu, context.precision));
    const auto job = context.jobContext();
    drag(session, 1, job.stop);
    job.report({0.1, 3 * arguments.seconds, "dragging alone"});
    const Percentiles idle = drag(session, arguments.seconds, job.stop);
    job.report({0.3, 2 * arguments.seconds, "starting a training"});
    VITRINE_TRY(const auto training, BackgroundTraining::start(arguments));
    job.report({0.4, 2 * arguments.seconds, "training alone"});
    const double free = training->stepsPerSecondDuring(
        [&] { std::this_thread::sleep_for(std::chrono::duration<double>(arguments.seconds)); });
    job.report({0.7, arguments.seconds, "dragging while it trains"});
    Percentiles busy;
    const double shared =
        training->stepsPerSecondDuring([&] { busy = drag(session, arguments.seconds, job.stop); });
    job.report({1, 0, "done"});
    const double kept = shared / std::max(free, 1e-9);
    const std::string text = fmt::format(
        "milliseconds from slider to picture, 60 moves per second, {}\n"
        "| | p50 | p95 | p99 |\n|---|---|---|---|\n"
        "| alone | {:.1f} | {:.1f} | {:.1f} |\n"
        "| while training | {:.1f} | {:.1f} | {:.1f} |\n\n"
        "training throughput retained: {:.2f}\n",
        session.info().name,
        idle.p50,
        idle.p95,
        idle.p99,
        busy.p50,
        busy.p95,
        busy.p99,
        kept);
    context.answer({{"model", session.info().name},
                    {"device", session.info().device},
                    {"idle", toJson(idle)},
                    {"training", toJson(busy)},
                    {"trainingSpeedKept", kept},
                    {"freeStepsPerSecond", free},
                    {"sharedStepsPerSecond", shared}},
                   text);
    return {};
}

void addBenchLive(CLI::App& bench, CliContext& context) {
    CLI::App& command = *bench.add_subcommand(
        "live",
        "Measure the latency from slider to picture of the bundled model, with and without training in the "
        "background");
    const auto arguments = std::make_shared<LiveArguments>();
    command.add_option("--preset", arguments->preset, "Network that is trained in the background");
    command.add_option("--batch", arguments->batch, "Its batch size")->check(CLI::Range(1, 4096));
    command.add_option("--seconds", arguments->seconds, "Length of each measurement")
        ->check(CLI::Range(1.0, 600.0));
    setAction(command, [arguments, &context] {
        restartWithPassiveWaiting();
        return live(*arguments, context);
    });
}

const RegisteredCommand kBenchLiveCommand{CommandGroup::OfBench, "live", addBenchLive};

}  // namespace

}  // namespace vitrine
