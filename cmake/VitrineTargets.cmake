# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of the project shares: standard, warnings, Qt strictness, ccache, mold; and three ways to add one.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Files of a target are compiled some at a time: most of the time goes into headers and templates they share.
set(CMAKE_UNITY_BUILD ON CACHE BOOL "Compile several files of a target at once")
set(CMAKE_UNITY_BUILD_BATCH_SIZE 10)

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

# vitrine_library(NAME LINK public targets ... PRIVATE private targets ... [TORCH] [SOURCES ...]): of all .cpp files of its folder,
# or of SOURCES. TORCH: they see LibTorch's headers (private to them) through one shared precompiled header.
function(vitrine_library name)
  cmake_parse_arguments(ARG "TORCH" "" "SOURCES;LINK;PRIVATE" ${ARGN})
  if(NOT ARG_SOURCES)
    file(GLOB ARG_SOURCES CONFIGURE_DEPENDS *.cpp)
  endif()
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC vitrine_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE})
  if(ARG_TORCH)
    vitrine_use_torch(${name})
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

# vitrine_test(NAME LABEL core|ui|slow|gpu LINK targets ... [FOLDER folder] [TORCH]): tests/<here>/[FOLDER/]NAME.cpp, run offscreen by ctest.
function(vitrine_test name)
  cmake_parse_arguments(ARG "TORCH" "LABEL;FOLDER" "LINK" ${ARGN})
  if(NOT ARG_FOLDER)
    set(ARG_FOLDER .)
  endif()
  add_executable(${name} ${ARG_FOLDER}/${name}.cpp ${name}.moc)
  set_target_properties(${name} PROPERTIES AUTOMOC OFF AUTORCC OFF UNITY_BUILD OFF RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${name} PRIVATE vitrine_flags vitrine_test_support Qt6::Test ${ARG_LINK})
  qt_generate_moc(${ARG_FOLDER}/${name}.cpp ${name}.moc)  # AUTOMOC costs a process and a unit more for each test
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)  # tests spend their time in the libraries
  if(ARG_TORCH)
    vitrine_use_torch(${name})
  elseif(ARG_LABEL STREQUAL "ui")
    target_precompile_headers(${name} REUSE_FROM vitrine_widget_test_pch)
  else()
    target_precompile_headers(${name} REUSE_FROM vitrine_test_pch)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT 600
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;OMP_NUM_THREADS=2;OMP_WAIT_POLICY=passive")
endfunction()

# vitrine_tests(as for vitrine_test): each tst_*.cpp of a folder.
function(vitrine_tests)
  file(GLOB tests CONFIGURE_DEPENDS tst_*.cpp)
  foreach(test ${tests})
    get_filename_component(name ${test} NAME_WE)
    vitrine_test(${name} ${ARGN})
  endforeach()
endfunction()
