// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/results_page.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <regex>
#include <sstream>
#include <tuple>

#include "core/base/csv.h"
#include "core/base/join.h"

namespace vitrine {
namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t kFewestPoints = 3;  // of a curve
constexpr std::size_t kLongestCaption = 48;

std::string stripped(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

Cells linesOfText(std::string_view text) {
    Cells lines;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

bool isTableLine(const std::string& line) {
    return stripped(line).starts_with('|');
}

bool isSeparator(const std::string& line) {
    return isTableLine(line) && line.find("--") != std::string::npos &&
           line.find_first_not_of(" \t\r|:-") == std::string::npos;
}

bool beginsTable(const Cells& lines, std::size_t at) {
    return at + 1 < lines.size() && isTableLine(lines[at]) && isSeparator(lines[at + 1]);
}

Cells cellsOf(const std::string& line) {
    Cells cells;
    std::string cell;
    const std::string text = stripped(line).substr(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '|')
            cell += text[++i];
        else if (text[i] == '|')
            cells.push_back(stripped(std::exchange(cell, {})));
        else
            cell += text[i];
    }
    if (!stripped(cell).empty()) cells.push_back(stripped(cell));
    return cells;
}

/// Takes the table that begins at a line; `at` is behind it then.
MarkdownTable takeTable(const Cells& lines, std::size_t& at) {
    MarkdownTable table{cellsOf(lines[at]), {}};
    for (at += 2; at < lines.size() && isTableLine(lines[at]); ++at) {
        table.rows.push_back(cellsOf(lines[at]));
        table.rows.back().resize(table.header.size());
    }
    return table;
}

std::string slugOf(const std::string& heading) {
    std::string slug;
    for (const char c : heading) {
        if (std::isalnum(static_cast<unsigned char>(c)))
            slug += char(std::tolower(static_cast<unsigned char>(c)));
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
    }
    while (slug.ends_with('-')) slug.pop_back();
    return slug;
}

/// FILE, S, M.png, RUN/models, 64|128, ...
bool isPlaceholder(const std::string& word) {
    if (word.find_first_of("|<") != std::string::npos || word.find("...") != std::string::npos) return true;
    const std::string stem = word.substr(0, word.find_first_of("./"));
    const auto isUpper = [](unsigned char c) { return std::isupper(c) != 0; };
    return !stem.empty() && std::ranges::all_of(stem, isUpper);
}

Cells wordsOfCommand(const std::string& command) {
    Cells words;
    std::istringstream in(command);
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

/// "a [--b] [--c FILE]": "a" and "a --b".
Cells variantsOf(const std::string& command) {
    static const std::regex kOptional(R"(\[([^\]]*)\])");
    const auto withoutOptions = [](const std::string& text) {
        return joined(wordsOfCommand(std::regex_replace(text, kOptional, "")), " ");
    };
    Cells variants{withoutOptions(command)};
    for (std::sregex_iterator group(command.begin(), command.end(), kOptional), end; group != end; ++group) {
        const std::string option = (*group)[1];
        if (std::ranges::any_of(wordsOfCommand(option), isPlaceholder)) continue;
        const std::string rest = command.substr(0, std::size_t(group->position())) + option +
                                 command.substr(std::size_t(group->position() + group->length()));
        variants.push_back(withoutOptions(rest));
    }
    return variants;
}

bool isCommand(const std::string& code) {
    return std::ranges::any_of(Cells{"vitrine-cli ", "experiments/", "tests/", "packaging/"},
                               [&code](const std::string& start) {
                                   return code.starts_with(start) && code.find(".md") == std::string::npos;
                               });
}

bool isFence(const std::string& line) {
    return line.starts_with("```");
}

/// The codes of a text: spans, and lines of blocks.
Cells codesIn(const std::string& text) {
    static const std::regex kSpan("`([^`]+)`");
    Cells codes;
    std::string prose;
    bool isBlock = false;
    for (const std::string& line : linesOfText(text)) {
        if (isFence(line))
            isBlock = !isBlock;
        else if (isBlock)
            codes.push_back(stripped(line));
        else
            prose += line + " ";
    }
    for (std::sregex_iterator span(prose.begin(), prose.end(), kSpan), end; span != end; ++span)
        codes.push_back((*span)[1]);
    return codes;
}

/// Each once.
Cells commandsIn(const std::string& text) {
    Cells commands;
    for (const std::string& code : codesIn(text)) {
        if (!isCommand(code)) continue;
        for (const std::string& command : variantsOf(code))
            if (std::ranges::find(commands, command) == commands.end()) commands.push_back(command);
    }
    return commands;
}

/// Before the last paragraph, and that.
std::pair<std::string, std::string> lastParagraphOf(const std::string& text) {
    const std::string whole = stripped(text);
    const auto gap = whole.rfind("\n\n");
    if (gap == std::string::npos) return {{}, whole};
    return {stripped(whole.substr(0, gap)), stripped(whole.substr(gap))};
}

/// What the paragraph above a table calls it: "**Lead.** ..." or "... Whole pictures:"; may be empty.
std::string captionIn(const std::string& before) {
    static const std::regex kLead(R"(^\*\*([^*]+?)\.?\*\*)");
    const std::string paragraph = lastParagraphOf(before).second;
    std::smatch lead;
    if (std::regex_search(paragraph, lead, kLead)) return lead[1];
    if (!paragraph.ends_with(':')) return {};
    const std::string whole = paragraph.substr(0, paragraph.size() - 1);
    const auto sentence = whole.rfind(". ");
    const std::string caption = sentence == std::string::npos ? whole : whole.substr(sentence + 2);
    const bool isShort = caption.size() <= kLongestCaption && caption.find('`') == std::string::npos;
    return isShort && caption.find('\n') == std::string::npos ? caption : std::string();
}

std::string cellsAsText(const MarkdownTable& table) {
    std::string text;
    for (const Cells& row : table.rows)
        for (const std::string& cell : row) text += cell + "\n";
    return text;
}

/// Reads a page line by line.
class PageReader {
public:
    explicit PageReader(std::string name) { m_page.name = std::move(name); }

    ResultsPage read(std::string_view markdown) {
        const Cells lines = linesOfText(markdown);
        for (std::size_t at = 0; at < lines.size();) {
            if (!m_isBlock && beginsTable(lines, at)) {
                addTable(takeTable(lines, at));
                continue;
            }
            m_isBlock = m_isBlock != isFence(lines[at]);
            if (!m_isBlock && lines[at].starts_with('#'))
                beginSection(lines[at]);
            else
                m_text += lines[at] + "\n";
            ++at;
        }
        endSection();
        return std::move(m_page);
    }

private:
    void beginSection(const std::string& line) {
        endSection();
        m_heading = stripped(line.substr(line.find_first_not_of('#')));
        if (m_page.title.empty()) m_page.title = m_heading;
    }

    void endSection() {
        const std::string text = stripped(std::exchange(m_text, {}));
        if (m_numInSection > 0)
            m_page.tables.back().after = text;
        else if (!text.empty())
            addToIntro(text);
        m_numInSection = 0;
    }

    void addToIntro(const std::string& text) {
        if (!m_page.intro.empty()) m_page.intro += "\n\n";
        if (m_heading != m_page.title) m_page.intro += "### " + m_heading + "\n\n";
        m_page.intro += text;
    }

    void addTable(MarkdownTable table) {
        std::string before = stripped(std::exchange(m_text, {}));
        if (m_numInSection > 0) std::tie(m_page.tables.back().after, before) = lastParagraphOf(before);
        ResultTable result{.id = m_page.name + "/" + slugOf(m_heading),
                           .title = m_heading,
                           .table = {},
                           .before = before,
                           .after = {},
                           .commands = commandsIn(before + "\n" + cellsAsText(table))};
        result.table = std::move(table);
        nameTable(result);
        m_page.tables.push_back(std::move(result));
        ++m_numInSection;
    }

    void nameTable(ResultTable& result) {
        const std::string caption = captionIn(result.before);
        const std::string number = std::to_string(m_numInSection + 1);
        if (m_numInSection > 0) result.id += "-" + number;
        if (!caption.empty())
            result.title += ": " + caption;
        else if (m_numInSection > 0)
            result.title += " (" + number + ")";
        if (!result.commands.empty()) return;
        result.commands = m_numInSection > 0 ? m_page.tables.back().commands : commandsIn(m_page.intro);
    }

    ResultsPage m_page;
    std::string m_heading, m_text;
    int m_numInSection = 0;
    bool m_isBlock = false;  ///< of code
};

/// The number of a heading such as "-0.5" or "15 views"; nothing of "25/1" and "IoU 2".
std::optional<double> headingNumber(const std::string& heading) {
    static const std::regex kHeading(R"(^[-+]?\d[\d.,]*( [A-Za-z() ]+)?$)");
    const auto number = numberOf(heading);
    return number && std::regex_match(plainText(heading), kHeading) ? std::optional(number->value)
                                                                    : std::nullopt;
}

/// The longest run of headings [first, second) that are numbers which rise or fall.
std::pair<std::size_t, std::size_t> numberRun(const Cells& header, std::size_t end) {
    std::pair<std::size_t, std::size_t> best{0, 0};
    for (std::size_t first = 1; first < end; ++first) {
        std::size_t last = first;
        double direction = 0;
        for (; last < end; ++last) {
            const auto number = headingNumber(header[last]);
            if (!number) break;
            if (last == first) continue;
            const double step = *number - *headingNumber(header[last - 1]);
            if (step == 0 || step * direction < 0) break;
            direction = step;
        }
        if (last - first > best.second - best.first) best = {first, last};
    }
    return best;
}

void addCurve(ResultCurves& curves, ResultCurve curve) {
    if (curve.points.size() < kFewestPoints) return;
    std::ranges::sort(curve.points);
    curves.curves.push_back(std::move(curve));
}

/// Each row over the headings of a run.
ResultCurves rowsAsCurves(const MarkdownTable& table, std::pair<std::size_t, std::size_t> run) {
    static const std::regex kUnit(R"(^[-+\d.,]+ ?)");
    ResultCurves curves{std::regex_replace(plainText(table.header[run.first]), kUnit, ""), {}};
    if (curves.xLabel.empty()) curves.xLabel = plainText(table.header.front());
    for (const Cells& row : table.rows) {
        ResultCurve curve;
        for (std::size_t column = 0; column < run.first; ++column)
            if (const std::string part = plainText(row[column]); !part.empty() && part != "-")
                curve.label += (curve.label.empty() ? "" : ", ") + part;
        for (std::size_t column = run.first; column < run.second; ++column)
            if (const auto y = numberOf(row[column]))
                curve.points.emplace_back(*headingNumber(table.header[column]), y->value);
        addCurve(curves, std::move(curve));
    }
    return curves;
}

/// Each column over the numbers that the rows begin with.
ResultCurves columnsAsCurves(const MarkdownTable& table) {
    const auto isNumber = [](const Cells& row) { return headingNumber(row.front()).has_value(); };
    if (table.rows.size() < kFewestPoints || !std::ranges::all_of(table.rows, isNumber)) return {};
    ResultCurves curves{plainText(table.header.front()), {}};
    for (std::size_t column = 1; column < table.header.size(); ++column) {
        ResultCurve curve{plainText(table.header[column]), {}};
        for (const Cells& row : table.rows)
            if (const auto y = numberOf(row[column]))
                curve.points.emplace_back(*headingNumber(row.front()), y->value);
        addCurve(curves, std::move(curve));
    }
    return curves;
}

}  // namespace

ResultsPage readResultsPage(const std::string& name, std::string_view markdown) {
    return PageReader(name).read(markdown);
}

std::vector<MarkdownTable> tablesIn(std::string_view markdown) {
    std::vector<MarkdownTable> tables;
    const Cells lines = linesOfText(markdown);
    for (std::size_t at = 0; at < lines.size();) {
        if (beginsTable(lines, at))
            tables.push_back(takeTable(lines, at));
        else
            ++at;
    }
    return tables;
}

std::vector<std::string> argumentsOf(const std::string& command) {
    Cells words = wordsOfCommand(command);
    if (words.size() < 3 || words[0] != "vitrine-cli" || (words[1] != "eval" && words[1] != "bench"))
        return {};
    const auto writes = [](const std::string& word) {
        return word.starts_with("--write") || word == "--csv" || word == "--strips" || word == "--out";
    };
    if (std::ranges::any_of(words, isPlaceholder) || std::ranges::any_of(words, writes)) return {};
    words.erase(words.begin());
    return words;
}

std::string plainText(const std::string& markdown) {
    static const std::regex kLink(R"(\[([^\]]*)\]\([^)]*\))"), kStrong(R"(\*\*|`)"),
        kEmphasis(R"((^|[\s(])\*([^*\s][^*]*)\*)");
    std::string text = std::regex_replace(markdown, kLink, "$1");
    text = std::regex_replace(text, kStrong, "");
    return stripped(std::regex_replace(text, kEmphasis, "$1$2"));
}

std::optional<CellNumber> numberOf(const std::string& cell) {
    static const std::regex kNumber(R"(^([-+]?(?:\d{1,3}(?:,\d{3})+|\d+))(\.\d+)?([eE][-+]?\d+)?)");
    const std::string text = plainText(cell);
    std::smatch parts;
    if (!std::regex_search(text, parts, kNumber)) return std::nullopt;
    std::string digits = parts[0];
    std::erase(digits, ',');
    const int exponent = parts[3].matched ? std::atoi(parts[3].str().c_str() + 1) : 0;
    const int places = parts[2].matched ? int(parts[2].length()) - 1 : 0;
    return CellNumber{std::stod(digits), places - exponent};
}

std::size_t firstPaperColumn(const MarkdownTable& table) {
    const auto found = std::ranges::find_if(table.header.begin() + !table.header.empty(),
                                            table.header.end(),
                                            [](const std::string& name) { return isPaperRow({name}); });
    return std::size_t(found - table.header.begin());
}

bool isPaperRow(const std::vector<std::string>& row) {
    static const std::regex kPaper(R"(^[Pp]aper($|[:,' ]))");
    return !row.empty() && std::regex_search(plainText(row.front()), kPaper);
}

ResultCurves curvesOf(const MarkdownTable& table) {
    if (table.header.empty()) return {};
    const auto run = numberRun(table.header, firstPaperColumn(table));
    return run.second - run.first >= kFewestPoints ? rowsAsCurves(table, run) : columnsAsCurves(table);
}

std::string tableAsCsv(const MarkdownTable& table) {
    const std::size_t paper = firstPaperColumn(table);
    std::string text;
    const auto addLine = [&text](const Cells& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + csvField(cells[i]);
        text += "\r\n";
    };
    Cells names;
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        const std::string name = plainText(table.header[i]);
        names.push_back(i > paper ? "paper: " + name : name);
    }
    addLine(names);
    for (const Cells& row : table.rows) {
        Cells cells;
        for (const std::string& cell : row) cells.push_back(plainText(cell));
        addLine(cells);
    }
    return text;
}

std::string tableAsMarkdown(const MarkdownTable& table) {
    std::string text;
    const auto addLine = [&text](const Cells& cells) {
        for (std::string cell : cells) {
            for (std::size_t bar = cell.find('|'); bar != std::string::npos; bar = cell.find('|', bar + 2))
                cell.insert(bar, "\\");
            text += "| " + cell + (cell.empty() ? "" : " ");
        }
        text += "|\n";
    };
    addLine(table.header);
    for (std::size_t i = 0; i < table.header.size(); ++i) text += "|---";
    text += "|\n";
    for (const Cells& row : table.rows) addLine(row);
    return text;
}

}  // namespace vitrine
