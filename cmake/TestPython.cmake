# SPDX-License-Identifier: GPL-3.0-or-later
# VITRINE_TEST_PYTHON: where packaging/setup --test puts the Python packages of the tests. Building needs none of them.
set(vitrine_test_requirements ${PROJECT_SOURCE_DIR}/packaging/test-requirements.txt)
file(SHA256 ${vitrine_test_requirements} vitrine_test_sum)
string(SUBSTRING ${vitrine_test_sum} 0 12 vitrine_test_sum)
set(VITRINE_TEST_PYTHON ${vitrine_cache}/python-${vitrine_test_sum})
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${vitrine_test_requirements})
