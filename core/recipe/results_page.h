// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vitrine {

/// A table as Markdown writes it; each row has as many cells as the header.
struct MarkdownTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;

    bool operator==(const MarkdownTable&) const = default;
};

/// A table of docs/results with the text around it.
struct ResultTable {
    std::string id;     ///< "generator/between-and-beyond-two-chairs-2"; unique
    std::string title;  ///< its section and, with several in a section, what the text above calls it
    MarkdownTable table;
    std::string before, after;          ///< the text around it, Markdown
    std::vector<std::string> commands;  ///< that the text above or the table names, else those above it
};

/// A page of docs/results.
struct ResultsPage {
    std::string name;   ///< of its file, without suffix
    std::string title;  ///< its first heading
    std::string intro;  ///< what stands in no section with a table, Markdown
    std::vector<ResultTable> tables;
};

ResultsPage readResultsPage(const std::string& name, std::string_view markdown);
std::vector<MarkdownTable> tablesIn(std::string_view markdown);

/// The arguments of "vitrine-cli eval ..." or "bench ..." that writes no file and names no placeholder, so
/// that it can be run as it is; empty: a command for the terminal.
std::vector<std::string> argumentsOf(const std::string& command);

/// Without emphasis, marks of code and targets of links.
std::string plainText(const std::string& markdown);

/// What a cell begins with: 24.96 of "**24.96**", 534000 of "534,000", 5.6 of "5.6x".
struct CellNumber {
    double value = 0;
    int decimals = 0;  ///< places that are written; negative: whole tens are
};
std::optional<CellNumber> numberOf(const std::string& cell);

/// From this column on, figures are the paper's; the number of columns if there are none.
std::size_t firstPaperColumn(const MarkdownTable& table);
bool isPaperRow(const std::vector<std::string>& row);

/// A row over columns that are numbers, or a column over rows that begin with numbers. Points rise in x.
struct ResultCurve {
    std::string label;
    std::vector<std::pair<double, double>> points;
};
struct ResultCurves {
    std::string xLabel;
    std::vector<ResultCurve> curves;  ///< empty: the table is none of curves
};
ResultCurves curvesOf(const MarkdownTable& table);

/// RFC 4180, cells as plain text; the paper's columns begin with "paper: ".
std::string tableAsCsv(const MarkdownTable& table);
/// As GitHub renders it, with every mark of the cells.
std::string tableAsMarkdown(const MarkdownTable& table);

}  // namespace vitrine
