// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>
#include <string>

namespace vitrine {

using TestRun = int (*)(int argc, char** argv);

/// Adds what a program of tests can run, under `name` without folder and ending. Returns 0.
int addTest(const std::string& name, TestRun run);

/// Runs one class of tests. Returns the number of failures.
template <class Test>
int runTest(int argc, char** argv) {
    Test test;
    return QTest::qExec(&test, argc, argv);
}

}  // namespace vitrine

/// Adds a class of tests to the program of its folder: `PROGRAM NAME [arguments of Qt Test]` runs it,
/// where NAME is that of the source file (tst_something).
#define VITRINE_TEST(Class) \
    [[maybe_unused]] static const int added##Class = vitrine::addTest(__FILE__, vitrine::runTest<Class>);
