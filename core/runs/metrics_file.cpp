// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/metrics_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <fstream>

#include "core/base/fields.h"
#include "core/io/atomic_file.h"
#include "core/runs/run_folder.h"

namespace vitrine {
namespace {

using nlohmann::json;

/// Takes the number before the next comma and moves behind it.
template <class Number>
bool takeNumber(std::string_view& line, Number& value) {
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc()) return false;
    line.remove_prefix(std::size_t(end - line.data()));
    if (line.starts_with(',')) line.remove_prefix(1);
    return true;
}

bool parseRow(std::string_view line, MetricPoint& point) {
    if (!takeNumber(line, point.step) || !takeNumber(line, point.time)) return false;
    const auto comma = line.find(',');
    if (comma == std::string_view::npos) return false;
    point.metric = line.substr(0, comma);
    line.remove_prefix(comma + 1);
    return takeNumber(line, point.value) && line.empty();
}

std::filesystem::path histogramFile(const std::filesystem::path& run, std::int64_t step) {
    return run / "histograms" / (nameOfStep(step) + ".json");
}

void bindBins(FieldSet& fields, LayerHistogram::Bins& bins) {
    fields.number("low", bins.low).required();
    fields.number("high", bins.high).required();
    fields.list("counts", bins.counts, fullRange<std::int64_t>()).required();
}

void bindLayer(FieldSet& fields, LayerHistogram& layer) {
    fields.text("layer", layer.layer).required();
    fields.object("weights", layer.weights, bindBins).required();
    fields.object("gradients", layer.gradients, bindBins).required();
}

}  // namespace

Result<MetricsTail::News> MetricsTail::readNew() {
    News news;
    struct stat info = {};
    if (::stat(m_file.c_str(), &info) != 0) return news;
    if (m_identity != std::uint64_t(info.st_ino) ||
        m_offset > std::uint64_t(info.st_size)) {  // cut back: a new file, or a shorter one
        news.fromStart = true;
        m_identity = std::uint64_t(info.st_ino);
        m_offset = 0;
    }
    if (m_offset == std::uint64_t(info.st_size)) return news;
    std::ifstream file(m_file, std::ios::binary);
    file.seekg(std::streamoff(m_offset));
    std::string text(std::size_t(info.st_size) - m_offset, '\0');
    file.read(text.data(), std::streamsize(text.size()));
    if (!file) return Error{ErrorCode::Io, "Cannot read " + m_file.string() + "."};
    const auto end = text.rfind('\n');
    if (end == std::string::npos) return news;
    m_offset += end + 1;
    for (std::size_t begin = 0; begin <= end;) {
        const auto stop = text.find('\n', begin);
        MetricPoint point;
        if (parseRow(std::string_view(text).substr(begin, stop - begin), point))
            news.points.push_back(std::move(point));  // not the header
        begin = stop + 1;
    }
    return news;
}

std::vector<std::int64_t> histogramSteps(const std::filesystem::path& run) {
    std::vector<std::int64_t> steps;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(run / "histograms", missing))
        if (const auto step = stepOfName(entry.path().filename()); step >= 0) steps.push_back(step);
    std::sort(steps.begin(), steps.end());
    return steps;
}

Result<std::vector<LayerHistogram>> readHistograms(const std::filesystem::path& run, std::int64_t step) {
    const auto file = histogramFile(run, step);
    VITRINE_TRY(const std::string text, readTextFile(file));
    std::vector<LayerHistogram> layers;
    if (const auto fault = readFields(json::parse(text, nullptr, false), layers, FieldList{bindLayer}))
        return Error{ErrorCode::BadFormat,
                     file.string() + " is damaged; delete it.",
                     "\"" + fault->name + "\" " + fault->what};
    return layers;
}

Status writeHistograms(const std::filesystem::path& run,
                       std::int64_t step,
                       const std::vector<LayerHistogram>& layers) {
    return writeFileAtomically(histogramFile(run, step),
                               std::string_view(writeFields(layers, FieldList{bindLayer}).dump()));
}

}  // namespace vitrine
