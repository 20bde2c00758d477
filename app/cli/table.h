// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace vitrine {

/// Rows with the same keys in the same order, as an array of objects; the first row's keys are the columns'
/// names. Numbers that are none and null show as "-".
using TableRows = nlohmann::ordered_json;

/// Some columns of the rows, in the given order; null where a row lacks one.
TableRows columnsOf(const TableRows& rows, const std::vector<std::string>& names);
/// A Markdown table, numbers with `decimals` places, columns aligned.
std::string markdownOf(const TableRows& rows, int decimals = 3);
/// RFC 4180, numbers in full, with a line of names.
std::string csvOf(const TableRows& rows);

}  // namespace vitrine
