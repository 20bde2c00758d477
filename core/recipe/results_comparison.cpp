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

using CellPart = std::string (*)(const std::string&);

/// "studio: IoU" and the columns behind it, up to the next colon, are of the group "studio".
Words nameOfColumn(const MarkdownTable& table, std::size_t column, CellPart part) {
    Words words;
    addWords(words, part(table.header[column]));
    for (std::size_t i = column + 1; i-- > 0;)
        if (const auto colon = table.header[i].find(':'); colon != std::string::npos) {
            addWords(words, part(table.header[i].substr(0, colon)));
            break;
        }
    return words;
}

/// A number that names a row counts with its heading: "S 100".
Words nameOfRow(const MarkdownTable& table, std::size_t numKeys, std::size_t row, CellPart part) {
    Words words;
    for (std::size_t key = 0; key < numKeys; ++key) {
        const std::string cell = plainText(table.rows[row][key]);
        if (saysNothing(cell)) continue;
        addWords(words, part(cell));
        if (numberOf(cell)) addWords(words, part(table.header[key]));
    }
    return words;
}

std::string wholeCell(const std::string& cell) {
    return cell;
}

struct MadeFigure {
    std::string cell;
    CellNumber number;
    Words row, column;
};

Words allWords(const Words& row, const Words& column) {
    Words words = row;
    words.insert(column.begin(), column.end());
    return words;
}

std::vector<MadeFigure> figuresIn(const std::vector<MarkdownTable>& tables) {
    std::vector<MadeFigure> figures;
    for (const MarkdownTable& table : tables) {
        const std::size_t numKeys = numKeyColumns(table), end = firstPaperColumn(table);
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            for (std::size_t column = numKeys; column < end && !isPaperRow(table.rows[row]); ++column)
                if (const auto number = numberOf(table.rows[row][column]))
                    figures.push_back({plainText(table.rows[row][column]),
                                       *number,
                                       nameOfRow(table, numKeys, row, wholeCell),
                                       nameOfColumn(table, column, wholeCell)});
    }
    return figures;
}

/// More for each word that is not looked for, most for those of its column; a mean goes before the bounds of
/// its interval. None: it lacks a word.
std::optional<int> distanceOf(const MadeFigure& figure, const Words& wanted) {
    constexpr int kColumnWord = 100;
    const Words all = allWords(figure.row, figure.column);
    if (!std::ranges::includes(all, wanted)) return std::nullopt;
    const auto numFurther =
        std::ranges::count_if(figure.column, [&wanted](const auto& word) { return !wanted.contains(word); });
    return kColumnWord * int(numFurther) + 2 * int(all.size()) - int(figure.column.contains("mean"));
}

/// The only figure with all these words and the fewest others; nullptr: none, or several.
const MadeFigure* figureNamed(const Words& wanted, const std::vector<MadeFigure>& figures) {
    const MadeFigure* best = nullptr;
    int least = 0;
    bool isAmbiguous = false;
    for (const MadeFigure& figure : figures) {
        const auto distance = distanceOf(figure, wanted);
        if (!distance || (best && *distance > least)) continue;
        isAmbiguous = best && *distance == least;
        best = &figure;
        least = *distance;
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
                if (!found)
                    found = figureNamed(
                        allWords(nameOfRow(stored, numKeys, row, part), nameOfColumn(stored, column, part)),
                        figures);
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
