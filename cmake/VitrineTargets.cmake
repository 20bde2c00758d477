# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of the project shares: standard, warnings, Qt strictness, ccache, mold; and how to add one.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# The files of a target are compiled as one: most of the time goes into headers and templates that they share.
set(CMAKE_UNITY_BUILD ON CACHE BOOL "Compile all files of a target as one")
set(CMAKE_UNITY_BUILD_BATCH_SIZE 0)
# Loops over pixels and weights are in the targets that say NUMERIC, which are compiled with -O3.
set(CMAKE_CXX_FLAGS_RELEASE "-O1 -DNDEBUG")

find_program(VITRINE_CCACHE ccache)
if(VITRINE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${VITRINE_CCACHE})
endif()
# mold 1.10 (Debian 12) misplaces RELRO, so that some programs do not start, and never ends on others.
find_program(VITRINE_MOLD mold)
if(VITRINE_MOLD)
  execute_process(COMMAND ${VITRINE_MOLD} --version OUTPUT_VARIABLE mold_version)
  string(REGEX MATCH "[0-9]+\\.[0-9]+" mold_version "${mold_version}")
  if(mold_version VERSION_LESS 2.0)
    set(VITRINE_MOLD VITRINE_MOLD-NOTFOUND)
  endif()
endif()

add_library(vitrine_flags INTERFACE)
target_include_directories(vitrine_flags INTERFACE ${PROJECT_SOURCE_DIR})
# g++ 12 reports both of the last two on plain std::string concatenation (GCC bug 105651).
target_compile_options(vitrine_flags INTERFACE -Wall -Wextra -Wno-restrict -Wno-stringop-overflow $<$<BOOL:${VITRINE_CCACHE}>:-fpch-preprocess>)
target_compile_definitions(vitrine_flags INTERFACE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_NARROWING_CONVERSIONS_IN_CONNECT)
if(VITRINE_MOLD)
  target_link_options(vitrine_flags INTERFACE -fuse-ld=mold)
endif()
if(VITRINE_WERROR)
  target_compile_options(vitrine_flags INTERFACE -Werror)
endif()
if(VITRINE_SANITIZE)
  target_compile_options(vitrine_flags INTERFACE -fsanitize=${VITRINE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(vitrine_flags INTERFACE -fsanitize=${VITRINE_SANITIZE})
endif()

# vitrine_library(NAME LINK public targets ... PRIVATE private targets ... [TORCH] [NUMERIC] [SOURCES ...]): of all .cpp files of its
# folder, or of SOURCES. TORCH: they see LibTorch's headers (private to them). NUMERIC: they are worth -O3.
function(vitrine_library name)
  cmake_parse_arguments(ARG "TORCH;NUMERIC" "" "SOURCES;LINK;PRIVATE" ${ARGN})
  if(NOT ARG_SOURCES)
    file(GLOB ARG_SOURCES CONFIGURE_DEPENDS *.cpp)
  endif()
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC vitrine_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE})
  if(ARG_TORCH)
    vitrine_use_torch(${name})
  endif()
  if(ARG_NUMERIC)  # a precompiled header imposes the level that it was made with
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O3>)
    set_target_properties(${name} PROPERTIES DISABLE_PRECOMPILE_HEADERS ON)
  endif()
endfunction()

# vitrine_precompiled(NAME LINK targets ... HEADERS headers ...): a precompiled header, for REUSE_FROM.
function(vitrine_precompiled name)
  cmake_parse_arguments(ARG "" "" "LINK;HEADERS" ${ARGN})
  add_library(${name} STATIC ${PROJECT_SOURCE_DIR}/cmake/precompiled.cpp)
  set_target_properties(${name} PROPERTIES AUTOMOC OFF AUTORCC OFF)
  target_link_libraries(${name} PRIVATE vitrine_flags ${ARG_LINK})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

function(vitrine_use_torch name)
  target_link_libraries(${name} PRIVATE torch::cpu)
  target_precompile_headers(${name} REUSE_FROM vitrine_torch_pch)
endfunction()

# vitrine_test(NAME LABEL core|ui|slow|gpu LINK targets ... [TORCH]): the program NAME of NAME.cpp, run offscreen by ctest.
function(vitrine_test name)
  vitrine_test_program(${name} SOURCES ${name}.cpp ${ARGN})
  vitrine_add_test(${name} COMMAND ${name} ${ARGN})
endfunction()

# vitrine_tests(PROGRAM LABEL ... LINK ... [TORCH] [FOLDER folder]): each tst_*.cpp of a folder, here or in FOLDER, in one program, which
# its files name with VITRINE_TEST; ctest runs each by itself.
function(vitrine_tests program)
  cmake_parse_arguments(ARG "" "FOLDER" "" ${ARGN})
  if(NOT ARG_FOLDER)
    set(ARG_FOLDER .)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_FOLDER}/tst_*.cpp)
  vitrine_test_program(${program} SOURCES ${sources} ${PROJECT_SOURCE_DIR}/tests/support/test_program.cpp ${ARGN})
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    vitrine_add_test(${name} COMMAND ${program} ${name} ${ARGN})
  endforeach()
endfunction()

# Of the two above: the program, and one test of ctest.
function(vitrine_test_program program)
  cmake_parse_arguments(ARG "TORCH" "LABEL;FOLDER" "SOURCES;LINK" ${ARGN})
  add_executable(${program} ${ARG_SOURCES})
  foreach(source ${ARG_SOURCES})
    get_filename_component(name ${source} NAME_WE)
    if(name MATCHES "^tst_")
      qt_generate_moc(${source} ${name}.moc)  # AUTOMOC costs a process and a unit more
      target_sources(${program} PRIVATE ${name}.moc)
    endif()
  endforeach()
  set_target_properties(${program} PROPERTIES AUTOMOC OFF AUTORCC OFF RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_include_directories(${program} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${program} PRIVATE vitrine_flags vitrine_test_support Qt6::Test ${ARG_LINK})
  # -fPIC: as the precompiled headers. A file that another includes (unity build) may use its anonymous namespaces in lambdas.
  target_compile_options(${program} PRIVATE -fPIC -Wno-subobject-linkage)
  if(ARG_TORCH)
    vitrine_use_torch(${program})
  elseif(ARG_LABEL STREQUAL "ui")
    target_precompile_headers(${program} REUSE_FROM vitrine_widget_test_pch)
  else()
    target_precompile_headers(${program} REUSE_FROM vitrine_test_pch)
  endif()
endfunction()

function(vitrine_add_test name)
  cmake_parse_arguments(ARG "TORCH" "LABEL;FOLDER" "COMMAND;LINK" ${ARGN})
  add_test(NAME ${name} COMMAND ${ARG_COMMAND})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT 600
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;OMP_NUM_THREADS=2;OMP_WAIT_POLICY=passive")
endfunction()
