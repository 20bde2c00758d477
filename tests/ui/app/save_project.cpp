// SPDX-License-Identifier: GPL-3.0-or-later
// save_project FROM TO [TIMES]: opens a project in the window and saves it, for packaging/check-writes and
// check-kills.
#include <QApplication>
#include <cstdio>
#include <cstdlib>

#include "tests/support/bare_window.h"

using namespace vitrine;

namespace {

int fail(const Error& error) {
    std::fprintf(stderr, "save_project: %s\n", error.message.c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    const QApplication app(argc, argv);
    if (argc < 3) return 2;
    test::BareWindow bare;
    if (const Status opened = bare.window.loadStateFile(QString::fromLocal8Bit(argv[1])); !opened)
        return fail(opened.error());
    for (int i = 0; i < (argc > 3 ? std::atoi(argv[3]) : 1); ++i)
        if (const Status saved = bare.window.saveStateFile(QString::fromLocal8Bit(argv[2])); !saved)
            return fail(saved.error());
    return 0;
}
