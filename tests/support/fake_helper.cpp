// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for vitrine-cli in tests of the window: it keeps the same promises (lock, status, control,
// progress, SIGTERM) and computes nothing.
//   train --resume RUN --background     the run's config.json may hold "fake": "refuse" or "fail"
//   train CONFIG --probe
//   data render | check | sheet ...
//   eval toy | missing
//   teach ID ...                        makes a run of that name
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "core/io/png.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_list.h"
#include "core/runs/run_status.h"

namespace {

using namespace vitrine;
using nlohmann::json;
namespace fs = std::filesystem;

std::atomic<bool> stopped = false;
extern "C" void onStop(int) {
    stopped = true;
}

void rest(int ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

int fail(const std::string& sentence) {
    std::fprintf(stderr, "vitrine-cli: %s\n", sentence.c_str());
    return 1;
}

void report(double fraction, const std::string& message) {
    std::fprintf(stderr,
                 "%s\n",
                 json{{"fraction", fraction}, {"secondsLeft", 10 * (1 - fraction)}, {"message", message}}
                     .dump()
                     .c_str());
}

/// False: asked to stop.
bool work(const std::string& message) {
    for (int i = 0; i <= 20 && !stopped; ++i) {
        report(i / 20.0, message);
        rest(std::getenv("VITRINE_FAKE_SLOW") ? 200 : 5);
    }
    return !stopped;
}

json configOf(const RunFolder& run) {
    const auto text = run.configJson();
    return text ? json::parse(*text, nullptr, false) : json::object();
}

void writePreview(const fs::path& file, std::int64_t step) {
    Image picture(24, 48, 3, std::uint8_t(40 + step % 200));
    (void)writePng(file, picture);
}

class Trainer {
public:
    explicit Trainer(RunFolder run) : m_run(std::move(run)), m_config(configOf(m_run)) {
        if (const auto before = readStatus(m_run.path())) m_status = *before;
        m_status.pid = ::getpid();
        m_status.device = "toy";
        m_status.precision = "fp32";
        m_status.numParameters = 1234;
        m_planned = m_config.value("steps", 400);
        m_saves = control().saves;
    }

    int train() {
        write(RunState::Preparing);
        rest(20);
        if (m_config.value("fake", "") == "fail") {
            write(RunState::Failed, "The data set is gone; render it again.");
            return 1;
        }
        while (true) {
            const RunControl wanted = control();
            m_status.totalSteps = std::max<std::int64_t>(m_planned, wanted.totalSteps);
            if (wanted.wanted == RunControl::Wanted::Stop || stopped) return leave(RunState::Stopped);
            if (m_status.step >= m_status.totalSteps) return leave(RunState::Done);
            if (wanted.saves != m_saves) save(wanted.saves);
            if (wanted.wanted == RunControl::Wanted::Pause) {
                write(RunState::Paused);
                rest(10);
                continue;
            }
            step();
        }
    }

private:
    RunControl control() const {
        const auto read = readControl(m_run.path());
        return read ? *read : RunControl();
    }

    void write(RunState state, const std::string& message = {}) {
        m_status.state = state;
        m_status.message = message;
        m_status.updated =
            std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
        (void)writeStatus(m_run.path(), m_status);
    }

    void step() {
        rest(2);
        ++m_status.step;
        m_status.epoch = double(m_status.step) / 100;
        m_status.imagesPerSecond = 321;
        m_status.secondsLeft = 0.002 * double(m_status.totalSteps - m_status.step);
        m_status.memoryMiB = 64;
        const double loss = 1.0 / double(1 + m_status.step);
        m_status.metrics = {{"trainLoss", loss}, {"heldOutPsnr", 10 + double(m_status.step) / 50}};
        if (m_status.step % 5 == 0) (void)m_run.appendMetrics(m_status.step, m_status.metrics);
        if (m_status.step % 50 == 0) writePreview(m_run.previewPath(m_status.step), m_status.step);
        if (m_status.step % 10 == 0) write(RunState::Training);
    }

    void save(std::int64_t saves) {
        write(RunState::Saving);
        std::ofstream(m_run.snapshotPath()) << "weights";
        const fs::path checkpoint = m_run.checkpointPath(m_status.step);
        fs::create_directories(checkpoint);
        std::ofstream(checkpoint / "state.safetensors") << "state";
        m_status.checkpointStep = m_status.step;
        m_saves = saves;
        write(RunState::Training);
    }

    int leave(RunState state) {
        save(m_saves);
        write(state);
        return 0;
    }

    RunFolder m_run;
    json m_config;
    RunStatus m_status;
    std::int64_t m_planned = 0, m_saves = 0;
};

int trainRun(const fs::path& folder) {
    auto run = RunFolder::open(folder);
    if (!run) return fail(run.error().message);
    if (configOf(*run).value("fake", "") == "refuse") return fail("This processor is too old.");
    return Trainer(std::move(*run)).train();
}

int probe() {
    if (!work("Measuring")) return 1;
    std::cout << json{
        {"numParameters", 31'900'000},
        {"peakMemoryMiB", 1500},
        {"checkpointMiB", 365},
        {"imagesPerEpoch", 5504},
        {"totalSteps", 60000},
        {"imagesPerSecond", 212.5},
        {"secondsPerEpoch", 26},
        {"totalSeconds", 18000},
        {"device", "CPU"},
        {"precision",
         "bf16"}}.dump();
    return 0;
}

std::string argumentAfter(const std::vector<std::string>& arguments, const std::string& name) {
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i)
        if (arguments[i] == name) return arguments[i + 1];
    return {};
}

int data(const std::vector<std::string>& arguments) {
    const std::string& what = arguments[1];
    if (!work(what == "render" ? "Rendering" : "Working"))
        return fail("Cancelled; run the same command again to resume.");
    if (what == "render") {
        std::ofstream(argumentAfter(arguments, "--packed")) << "packed";
        std::cout << json{{"rendered", 3}, {"skipped", 0}, {"images", 186}}.dump();
    } else if (what == "check") {
        std::ifstream file(arguments[2]);
        std::string content;
        file >> content;
        if (content != "packed") return fail(arguments[2] + " is damaged; render it again.");
        std::cout << json{
            {"kind", "packed"},
            {"views", 186},
            {"heldOut", 16},
            {"size", 128},
            {"bytes", 12'345'678},
            {"coverage", 0.31},
            {"dataHash", "ab"},
            {"meanColor", {0.4, 0.3, 0.2}},
            {"styles",
             {1, 2, 3}}}.dump();
    } else {
        writePreview(argumentAfter(arguments, "--out"), 100);
        std::cout << json{{"chairs", 3}}.dump();
    }
    return 0;
}

int eval(const std::vector<std::string>& arguments) {
    if (arguments[1] == "missing")
        return fail("There is no set here; create it with \"vitrine-cli data render\".");
    if (!work("Scoring")) return fail("The evaluation was cancelled.");
    std::cout << "3 pairs\n\n| method | PSNR dB | IoU |\n|---|---:|---:|\n"
                 "| ours   |  24.958 | 0.801 |\n| theirs |  17.950 | 0.744 |\n";
    return 0;
}

int teach(const std::string& chair) {
    if (!work("Rendering")) return fail("Cancelled; nothing was kept.");
    const auto run =
        RunFolder::create(runsFolder() / chair, json{{"recipe", "chairs"}, {"steps", 400}}.dump());
    if (!run) return fail(run.error().message);
    std::cout << json{{"run", run->path().string()}, {"chair", chair}}.dump();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGTERM, onStop);
    std::signal(SIGINT, onStop);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() > 2 && arguments[0] == "train" && arguments[1] == "--resume")
        return trainRun(arguments[2]);
    if (arguments.size() > 2 && arguments[0] == "train") return probe();
    if (arguments.size() > 2 && arguments[0] == "data") return data(arguments);
    if (arguments.size() > 1 && arguments[0] == "teach") return teach(arguments[1]);
    if (arguments.size() > 1 && arguments[0] == "eval") return eval(arguments);
    return 2;
}
