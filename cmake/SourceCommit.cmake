# SPDX-License-Identifier: GPL-3.0-or-later
# Writes source_commit.h, which names the commit that is built; run at each build, touches the file only when the commit
# changes. Without git or outside a checkout the commit is empty.
# cmake -D SOURCE_DIR=... -D HEADER=... -P SourceCommit.cmake
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND git describe --always --dirty --abbrev=12 --exclude=*
  WORKING_DIRECTORY ${SOURCE_DIR} OUTPUT_VARIABLE VITRINE_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#pragma once\n#define VITRINE_COMMIT \"${VITRINE_COMMIT}\"\n" @ONLY)
