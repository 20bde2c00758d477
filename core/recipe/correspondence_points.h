// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/recipe/correspondence.h"

namespace vitrine {

/// A point of A that someone wants to find in B.
struct NamedPoint {
    std::string name;
    PixelPoint place;
    bool operator==(const NamedPoint&) const = default;
};

/// A CSV file with a line of names, in any case and order: x and y (pixels), and name if there is one; other
/// columns are passed over. Commas, or semicolons or tabs with decimal commas, as spreadsheets save them;
/// UTF-8 or ISO-8859-1. `size`: pixels a side of the picture. Errors: NotFound; BadFormat: UTF-16, columns
/// that are missing, a value that is no number, no points; InvalidArgument: a point outside the picture,
/// naming its line.
Result<std::vector<NamedPoint>> readPoints(const std::filesystem::path& file, int size);
Result<std::vector<NamedPoint>> parsePoints(const std::string& csv,
                                            const std::string& nameForMessages,
                                            int size);

/// name, x_from, y_from, x_to, y_to, round_trip_px, confidence, trust. Numbers in the C locale.
std::string matchesToCsv(std::span<const NamedPoint> points, std::span<const PointMatch> matches);

/// What one person marked on both pictures.
struct Annotation {
    std::string annotator;
    std::vector<NamedPoint> from, to;  ///< by name
    bool operator==(const Annotation&) const = default;
};

/// A named point as several people see it in B.
struct AnnotationSummary {
    std::string name;
    PixelPoint mean;
    double spreadPx = 0;  ///< mean distance of the annotators from their mean
    int numAnnotators = 0;
};
/// Those of B that carry a name; by first appearance.
std::vector<AnnotationSummary> summarise(std::span<const Annotation> annotations);
/// annotator, picture (A or B), name, x, y.
std::string annotationsToCsv(std::span<const Annotation> annotations);

}  // namespace vitrine
