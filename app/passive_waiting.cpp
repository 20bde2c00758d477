// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/passive_waiting.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace vitrine {
namespace {

std::vector<std::string> ownArguments() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::vector<std::string> arguments;
    for (std::string argument; std::getline(file, argument, '\0');) arguments.push_back(argument);
    return arguments;
}

}  // namespace

void restartWithPassiveWaiting() {
    constexpr auto kGuard = "VITRINE_RESTARTED";
    if (std::getenv("OMP_WAIT_POLICY") || std::getenv(kGuard)) {
        unsetenv(kGuard);
        return;
    }
    setenv("OMP_WAIT_POLICY", "passive", 1);
    setenv(kGuard, "1", 1);
    auto arguments = ownArguments();
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    std::error_code unreadable;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", unreadable);
    if (!unreadable && !arguments.empty()) execv(self.c_str(), pointers.data());
    unsetenv(kGuard);
}

}  // namespace vitrine
