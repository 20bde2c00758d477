# SPDX-License-Identifier: GPL-3.0-or-later
# VITRINE_CUDA: whether core/cuda is built, that is, whether an nvcc of LibTorch's own CUDA generation is here.
include(CheckLanguage)
find_program(VITRINE_NVCC nvcc HINTS ENV CUDA_PATH PATH_SUFFIXES bin PATHS /usr/local/cuda)
if(VITRINE_NVCC AND NOT DEFINED ENV{CUDACXX})
  set(ENV{CUDACXX} ${VITRINE_NVCC})
endif()
if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES AND NOT DEFINED ENV{CUDAARCHS})
  set(CMAKE_CUDA_ARCHITECTURES 80-real 90)  # Ampere, Hopper, and PTX for what comes after
endif()
check_language(CUDA)
set(VITRINE_CUDA OFF)
if(CMAKE_CUDA_COMPILER)
  enable_language(CUDA)
  set(CMAKE_CUDA_COMPILER_LAUNCHER ${VITRINE_CCACHE})
  if(CMAKE_CUDA_COMPILER_VERSION VERSION_GREATER_EQUAL 13 AND CMAKE_CUDA_COMPILER_VERSION VERSION_LESS 14)
    set(VITRINE_CUDA ON)
  endif()
endif()
