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
    std::string cell;
    CellNumber number;
    Words words;
};

std::vector<MadeFigure> figuresIn(const std::vector<MarkdownTable>& tables) {
    std::vector<MadeFigure> figures;
    for (const MarkdownTable& table : tables) {
        const std::size_t numKeys = numKeyColumns(table), end = firstPaperColumn(table);
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            for (std::size_t column = numKeys; column < end && !isPaperRow(table.rows[row]); ++column)
                if (const auto number = numberOf(table.rows[row][column]))
                    figures.push_back({plainText(table.rows[row][column]),
                                       *number,
                                       nameOfFigure(table, numKeys, row, column, wholeCell)});
    }
    return figures;
}

/// More for each further word; a mean goes before the bounds of its interval.
int distanceOf(const MadeFigure& figure) {
    return 2 * int(figure.words.size()) - int(figure.words.contains("mean"));
}

/// The only figure with all these words and the fewest others; nullptr: none, or several.
const MadeFigure* figureNamed(const Words& words, const std::vector<MadeFigure>& figures) {
    const MadeFigure* best = nullptr;
    bool isAmbiguous = false;
    for (const MadeFigure& figure : figures) {
        if (!std::ranges::includes(figure.words, words)) continue;
        const int nearer = best ? distanceOf(*best) - distanceOf(figure) : 1;
        if (nearer > 0) best = &figure;
        isAmbiguous = nearer == 0 || (isAmbiguous && nearer < 0);
    }
    return isAmbiguous ? nullptr : best;
}

bool agreeInPlaces(const CellNumber& a, const CellNumber& b) {
    constexpr double kRounding = 1e-9;
    const double unit = std::pow(10.0, -std::min(a.decimals, b.decimals));
    return std::abs(a.value - b.value) <= (0.5 + kRounding) * unit;
}

}  // namespace

ResultComparison compareResults(const MarkdownTable& stored, const std::vector<MarkdownTable>& made) {
    ResultComparison comparison;
    const std::vector<MadeFigure> figures = figuresIn(made);
    const std::size_t numKeys = numKeyColumns(stored), end = firstPaperColumn(stored);
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
            const bool isSame = agreeInPlaces(*number, found->number);
            cells[column] = {isSame ? FigureState::Same : FigureState::Different, found->cell};
            ++(isSame ? comparison.numSame : comparison.numDifferent);
        }
    }
    return comparison;
}

MarkdownTable madeInPlace(const MarkdownTable& stored, const ResultComparison& comparison) {
    MarkdownTable made = stored;
    const std::size_t end = firstPaperColumn(stored);
    for (std::size_t row = 0; row < made.rows.size(); ++row)
        for (std::size_t column = numKeyColumns(stored); column < end && !isPaperRow(made.rows[row]);
             ++column) {
            const ComparedFigure& figure = comparison.figures[row][column];
            if (figure.state != FigureState::NotCompared)
                made.rows[row][column] = figure.made;
            else if (numberOf(made.rows[row][column]))
                made.rows[row][column] = "-";
        }
    return made;
}

}  // namespace vitrine
