// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/results_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <regex>
#include <set>

namespace vitrine {
namespace {

using Words = std::set<std::string>;

/// "meanIoU" and "mean IoU" have the same words; numbers count by their value, plurals as singulars.
void addWords(Words& words, const std::string& cell) {
    static const std::regex kHump("([a-z])([A-Z])"), kWord(R"([-+]?\d+(\.\d+)?|[A-Za-z]+)");
    static const Words kEmptyWords = {"a", "an", "and", "by", "for", "in", "of", "the", "value", "with"};
    const std::string text = std::regex_replace(plainText(cell), kHump, "$1 $2");
    for (std::sregex_iterator match(text.begin(), text.end(), kWord), end; match != end; ++match) {
        std::string word = match->str();
        if (std::isalpha(static_cast<unsigned char>(word.front()))) {
            std::ranges::transform(word, word.begin(), [](unsigned char c) { return char(std::tolower(c)); });
            if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
        } else {
            word = fmt::format("{:g}", std::stod(word));
        }
        if (!kEmptyWords.contains(word)) words.insert(word);
    }
}

std::string withoutParentheses(const std::string& cell) {
    static const std::regex kParentheses(R"(\([^)]*\))");
    return std::regex_replace(cell, kParentheses, "");
}

bool saysNothing(const std::string& cell) {
    return cell.empty() || cell == "-" || cell == "yes" || cell == "true" || cell == "false";
}

/// The columns that name a row: those before the first one with fractions.
std::size_t numKeyColumns(const MarkdownTable& table) {
    for (std::size_t column = 1; column < table.header.size(); ++column)
        for (const auto& row : table.rows)
            if (const auto number = numberOf(row[column]); number && number->decimals > 0) return column;
    return 1;
}

/// What names a figure: its row, its column. A number that names a row counts with its heading: "S 100".
Words nameOfFigure(const MarkdownTable& table,
                   std::size_t numKeys,
                   std::size_t row,
                   std::size_t column,
                   std::string (*part)(const std::string&)) {
    Words words;
    for (std::size_t key = 0; key < numKeys; ++key) {
        const std::string cell = plainText(table.rows[row][key]);
        if (saysNothing(cell)) continue;
        addWords(words, part(cell));
        if (numberOf(cell)) addWords(words, part(table.header[key]));
    }
    addWords(words, part(table.header[column]));
    return words;
}

std::string wholeCell(const std::string& cell) {
    return cell;
}

struct MadeFigure {
    std::size_t table = 0, row = 0, column = 0;
    CellNumber number;
    Words words;
};

std::vector<MadeFigure> figuresIn(const std::vector<MarkdownTable>& tables) {
    std::vector<MadeFigure> figures;
    for (std::size_t t = 0; t < tables.size(); ++t) {
        const MarkdownTable& table = tables[t];
        const std::size_t numKeys = numKeyColumns(table), end = firstPaperColumn(table);
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            for (std::size_t column = numKeys; column < end && !isPaperRow(table.rows[row]); ++column)
                if (const auto number = numberOf(table.rows[row][column]))
                    figures.push_back(
                        {t, row, column, *number, nameOfFigure(table, numKeys, row, column, wholeCell)});
    }
    return figures;
}

/// The only figure with all these words and the fewest others; nullptr: none, or several.
const MadeFigure* figureNamed(const Words& words, const std::vector<MadeFigure>& figures) {
    const MadeFigure* best = nullptr;
    bool isAmbiguous = false;
    for (const MadeFigure& figure : figures) {
        if (!std::ranges::includes(figure.words, words)) continue;
        if (best && figure.words.size() >= best->words.size()) {
            isAmbiguous = isAmbiguous || figure.words.size() == best->words.size();
            continue;
        }
        best = &figure;
        isAmbiguous = false;
    }
    return isAmbiguous ? nullptr : best;
}

bool agree(const CellNumber& a, const CellNumber& b) {
    constexpr double kRounding = 1e-9;
    const double unit = std::pow(10.0, -std::min(a.decimals, b.decimals));
    return std::abs(a.value - b.value) <= (0.5 + kRounding) * unit;
}

}  // namespace

ResultComparison compareResults(const MarkdownTable& stored, const std::vector<MarkdownTable>& made) {
    ResultComparison comparison;
    const std::vector<MadeFigure> figures = figuresIn(made);
    const std::size_t numKeys = numKeyColumns(stored), end = firstPaperColumn(stored);
    std::vector<int> numFound(made.size());
    for (std::size_t row = 0; row < stored.rows.size(); ++row) {
        auto& cells = comparison.figures.emplace_back(stored.header.size());
        for (std::size_t column = numKeys; column < end && !isPaperRow(stored.rows[row]); ++column) {
            const auto number = numberOf(stored.rows[row][column]);
            if (!number) continue;
            const MadeFigure* found = nullptr;
            for (const auto part : {wholeCell, withoutParentheses})
                if (!found) found = figureNamed(nameOfFigure(stored, numKeys, row, column, part), figures);
            if (!found) {
                ++comparison.numNotCompared;
                continue;
            }
            const bool isSame = agree(*number, found->number);
            cells[column] = {
                isSame ? FigureState::Same : FigureState::Different, found->table, found->row, found->column};
            ++(isSame ? comparison.numSame : comparison.numDifferent);
            ++numFound[found->table];
        }
    }
    comparison.table = std::size_t(std::ranges::max_element(numFound) - numFound.begin());
    return comparison;
}

}  // namespace vitrine
