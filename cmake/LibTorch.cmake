# SPDX-License-Identifier: GPL-3.0-or-later
# torch::cpu, LibTorch out of the wheel that packaging/setup unpacked. Its own TorchConfig insists on a CUDA toolkit; this does not.
set(VITRINE_LIBTORCH_VERSION 2.11.0)
if(DEFINED ENV{VITRINE_CACHE})
  set(vitrine_cache $ENV{VITRINE_CACHE})
elseif(DEFINED ENV{XDG_CACHE_HOME})
  set(vitrine_cache $ENV{XDG_CACHE_HOME}/vitrine)
else()
  set(vitrine_cache $ENV{HOME}/.cache/vitrine)
endif()
set(VITRINE_LIBTORCH ${vitrine_cache}/libtorch-${VITRINE_LIBTORCH_VERSION} CACHE PATH "LibTorch: include/ and lib/")
if(NOT EXISTS ${VITRINE_LIBTORCH}/.complete)
  message(FATAL_ERROR "LibTorch is not in ${VITRINE_LIBTORCH}. Run packaging/setup (./run and ./test do).")
endif()

add_library(torch::cpu INTERFACE IMPORTED)
target_include_directories(torch::cpu SYSTEM INTERFACE
  ${VITRINE_LIBTORCH}/include ${VITRINE_LIBTORCH}/include/torch/csrc/api/include)
# It brings newer headers of fmt than Debian, and they come first, but no library of it.
target_compile_definitions(torch::cpu INTERFACE FMT_HEADER_ONLY)
target_link_directories(torch::cpu INTERFACE ${VITRINE_LIBTORCH}/lib)
# libtorch_cpu itself wants libcudart and libcupti at run time, found beside it.
target_link_libraries(torch::cpu INTERFACE
  ${VITRINE_LIBTORCH}/lib/libtorch_cpu.so ${VITRINE_LIBTORCH}/lib/libc10.so ${VITRINE_LIBTORCH}/lib/libgomp.so.1)
target_link_options(torch::cpu INTERFACE
  -Wl,-rpath,${VITRINE_LIBTORCH}/lib -Wl,-rpath-link,${VITRINE_LIBTORCH}/lib -Wl,--allow-shlib-undefined)
