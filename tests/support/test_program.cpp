// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program.h"

#include <cstdio>
#include <filesystem>
#include <map>

#ifdef QT_WIDGETS_LIB
#include <QApplication>
using Application = QApplication;
#else
using Application = QCoreApplication;
#endif

namespace {

std::map<std::string, vitrine::TestRun>& tests() {
    static std::map<std::string, vitrine::TestRun> all;
    return all;
}

}  // namespace

int vitrine::addTest(const std::string& name, TestRun run) {
    tests()[std::filesystem::path(name).stem().string()] = run;
    return 0;
}

int main(int argc, char** argv) {
    const auto test = tests().find(argc > 1 ? argv[1] : "");
    if (test == tests().end()) {
        std::fprintf(stderr, "%s NAME [arguments of Qt Test], where NAME is one of\n", argv[0]);
        for (const auto& [name, run] : tests()) std::fprintf(stderr, "    %s\n", name.c_str());
        return 2;
    }
    argv[1] = argv[0];
    int numArguments = argc - 1;
#ifdef QT_WIDGETS_LIB
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi);  // as Qt Test's own main
#endif
    const Application application(numArguments, argv + 1);
    return test->second(numArguments, argv + 1);
}
