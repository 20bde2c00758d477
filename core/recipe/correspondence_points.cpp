// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/correspondence_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "core/base/csv.h"
#include "core/base/utf8.h"
#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxPoints = 100'000;
constexpr std::size_t kMaxPointsBytes = std::size_t(16) << 20;

/// The fields of one line, RFC 4180: quotes around separators, doubled inside.
std::vector<std::string> fieldsOf(std::string_view line, char separator) {
    std::vector<std::string> fields(1);
    bool isQuoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && isQuoted && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[++i];
        else if (c == '"')
            isQuoted = !isQuoted;
        else if (c == separator && !isQuoted)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    return fields;
}

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

/// Where commas do not separate columns, spreadsheets use them in numbers.
std::optional<float> coordinateOf(const std::string& field, char separator) {
    std::string text = trimmed(field);
    if (separator != ',' && text.find('.') == std::string::npos) std::ranges::replace(text, ',', '.');
    float value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string pixels(double value) {
    return fmt::format("{:.3f}", value);
}

struct Columns {
    std::optional<std::size_t> x, y, name;
};

Columns columnsOf(const std::vector<std::string>& header) {
    Columns columns;
    for (std::size_t i = 0; i < header.size(); ++i) {
        std::string name = trimmed(header[i]);
        for (char& c : name) c = char(std::tolower(static_cast<unsigned char>(c)));
        if (name == "x" || name == "x_from") columns.x = i;
        if (name == "y" || name == "y_from") columns.y = i;
        if (name == "name") columns.name = i;
    }
    return columns;
}

/// Takes the next line off the front; it ends in LF, CR or both.
std::string_view nextLine(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    text.remove_prefix(line.size());
    text.remove_prefix(text.starts_with("\r\n") ? 2 : std::min<std::size_t>(text.size(), 1));
    return line;
}

/// The text of a table as spreadsheets save it, as UTF-8. Errors: BadFormat (UTF-16).
Result<std::string> tableText(std::string_view csv, const std::string& nameForMessages) {
    if (csv.starts_with("\xff\xfe") || csv.starts_with("\xfe\xff") || csv.find('\0') != csv.npos)
        return Error{ErrorCode::BadFormat, nameForMessages + " is text in UTF-16; save it as CSV in UTF-8."};
    return fileTextAsUtf8(csv);
}

char separatorOf(std::string_view header) {
    for (const char separator : {',', ';', '\t'})
        if (const Columns columns = columnsOf(fieldsOf(header, separator)); columns.x && columns.y)
            return separator;
    return ',';
}

}  // namespace

Result<std::vector<NamedPoint>> readPoints(const std::filesystem::path& file, int size) {
    VITRINE_TRY(const std::string text, readTextFile(file, kMaxPointsBytes));
    return parsePoints(text, file.filename().string(), size);
}

Result<std::vector<NamedPoint>> parsePoints(const std::string& csv,
                                            const std::string& nameForMessages,
                                            int size) {
    const auto refused = [&](const std::string& why) {
        return Error{ErrorCode::BadFormat, nameForMessages + " holds no points: " + why + "."};
    };
    VITRINE_TRY(const std::string text, tableText(csv, nameForMessages));
    std::string_view rest = text;
    const std::string_view header = nextLine(rest);
    const char separator = separatorOf(header);
    const Columns columns = columnsOf(fieldsOf(header, separator));
    if (!columns.x || !columns.y)
        return refused("its first line must name the columns x and y, and may name a column name");
    std::vector<NamedPoint> points;
    for (int number = 2; !rest.empty(); ++number) {
        const std::string_view line = nextLine(rest);
        if (line.find_first_not_of(" \t") == line.npos) continue;
        const std::vector<std::string> fields = fieldsOf(line, separator);
        const std::string where = fmt::format("line {}", number);
        if (fields.size() <= std::max(*columns.x, *columns.y)) return refused(where + " has too few columns");
        const auto x = coordinateOf(fields[*columns.x], separator),
                   y = coordinateOf(fields[*columns.y], separator);
        if (!x || !y) return refused(where + " has a place that is no number");
        const float last = float(size) - 0.5f;
        if (!(*x >= -0.5f && *y >= -0.5f && *x <= last && *y <= last))
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("{}, {}: the point is outside the picture, which has {} pixels a side.",
                                     nameForMessages,
                                     where,
                                     size)};
        const bool hasName =
            columns.name && *columns.name < fields.size() && !trimmed(fields[*columns.name]).empty();
        points.push_back(
            {hasName ? trimmed(fields[*columns.name]) : std::to_string(points.size() + 1), {*x, *y}});
        if (points.size() > kMaxPoints) return refused("there are more than 100000 of them");
    }
    if (points.empty()) return refused("there is none after the line of names");
    return points;
}

std::string matchesToCsv(std::span<const NamedPoint> points, std::span<const PointMatch> matches) {
    std::string csv = "name,x_from,y_from,x_to,y_to,round_trip_px,confidence,trust\n";
    for (std::size_t i = 0; i < std::min(points.size(), matches.size()); ++i) {
        const PointMatch& match = matches[i];
        csv += csvField(points[i].name);
        for (const float value :
             {match.from.x, match.from.y, match.to.x, match.to.y, match.roundTripPx, match.confidence})
            csv += "," + pixels(value);
        csv += std::string(",") + nameOf(match.trust) + "\n";
    }
    return csv;
}

std::vector<AnnotationSummary> summarise(std::span<const Annotation> annotations) {
    std::vector<AnnotationSummary> summaries;
    std::vector<std::vector<PixelPoint>> places;
    for (const Annotation& annotation : annotations)
        for (const NamedPoint& point : annotation.to) {
            auto found = std::ranges::find(summaries, point.name, &AnnotationSummary::name);
            if (found == summaries.end()) {
                found = summaries.insert(summaries.end(), AnnotationSummary{point.name, {}, 0, 0});
                places.emplace_back();
            }
            places[std::size_t(found - summaries.begin())].push_back(point.place);
        }
    for (std::size_t i = 0; i < summaries.size(); ++i) {
        AnnotationSummary& summary = summaries[i];
        const auto count = float(places[i].size());
        for (const PixelPoint place : places[i])
            summary.mean = {summary.mean.x + place.x / count, summary.mean.y + place.y / count};
        for (const PixelPoint place : places[i])
            summary.spreadPx += double(distance(place, summary.mean) / count);
        summary.numAnnotators = int(places[i].size());
    }
    return summaries;
}

std::string annotationsToCsv(std::span<const Annotation> annotations) {
    std::string csv = "annotator,picture,name,x,y\n";
    for (const Annotation& annotation : annotations)
        for (const auto& [picture, points] :
             {std::pair("A", &annotation.from), std::pair("B", &annotation.to)})
            for (const NamedPoint& point : *points)
                csv += csvField(annotation.annotator) + "," + picture + "," + csvField(point.name) + "," +
                       pixels(point.place.x) + "," + pixels(point.place.y) + "\n";
    return csv;
}

}  // namespace vitrine
