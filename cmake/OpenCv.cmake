# SPDX-License-Identifier: GPL-3.0-or-later
# opencv::video, OpenCV's optical flow and what it needs. Debian keeps OpenCV's own CMake files in a package that pulls in the
# whole of OpenCV and 170 others; libopencv-video-dev is ten.
find_path(VITRINE_OPENCV_INCLUDE opencv2/video.hpp PATH_SUFFIXES opencv4 REQUIRED)
add_library(opencv::video INTERFACE IMPORTED)
target_include_directories(opencv::video SYSTEM INTERFACE ${VITRINE_OPENCV_INCLUDE})
foreach(module video imgproc core)
  find_library(VITRINE_OPENCV_${module} opencv_${module} REQUIRED)
  target_link_libraries(opencv::video INTERFACE ${VITRINE_OPENCV_${module}})
endforeach()
