// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QJsonArray>
#include <array>
#include <cstring>

#include "ui/panels/segmentation/segmentation_state.h"
#include "ui/views/image_convert.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array kConsensus{"mean"_L1, "vote"_L1, "chosen"_L1};
constexpr std::array kDoubt{"entropy"_L1, "mutual information"_L1};
constexpr std::array kAnswer{"prior mean"_L1, "guess"_L1, "gdnn"_L1};
constexpr std::array kOrder{"drawn"_L1, "differing"_L1, "best"_L1};
constexpr int kLargestSide = 1024;

QString pngOf(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return QString::fromLatin1(bytes.toBase64());
}

QString pngOf(const LabelMap& map) {
    QImage image(map.width, map.height, QImage::Format_Grayscale8);
    for (int y = 0; y < map.height; ++y) std::memcpy(image.scanLine(y), map.row(y), std::size_t(map.width));
    return pngOf(image);
}

/// Reads fields and remembers the first that made no sense.
class Reader {
public:
    explicit Reader(QJsonObject json) : m_json(std::move(json)) {}
    const QString& fault() const { return m_fault; }

    double number(const QString& key, double fallback, double low, double high) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        const double number = value.toDouble(low - 1);
        if (number >= low && number <= high) return number;
        return blame(key), fallback;
    }
    template <class Enum, std::size_t N>
    Enum choice(const QString& key, const std::array<QLatin1StringView, N>& names, Enum fallback) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        for (std::size_t i = 0; i < N; ++i)
            if (value.toString() == names[i]) return Enum(i);
        return blame(key), fallback;
    }
    QImage image(const QString& key) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return {};
        QImage image;
        const QByteArray bytes = QByteArray::fromBase64(value.toString().toLatin1());
        if (!image.loadFromData(bytes, "PNG") || std::max(image.width(), image.height()) > kLargestSide) blame(key);
        return image;
    }
    LabelMap map(const QString& key, QSize size) {
        const QImage grey = image(key).convertToFormat(QImage::Format_Grayscale8);
        if (grey.isNull()) return {};
        if (grey.size() != size) return blame(key), LabelMap();
        LabelMap map(grey.width(), grey.height(), 1);
        for (int y = 0; y < map.height; ++y)
            std::memcpy(map.row(y), grey.constScanLine(y), std::size_t(map.width));
        return map;
    }
    const QJsonObject& json() const { return m_json; }
    void blame(const QString& key) {
        if (m_fault.isEmpty()) m_fault = key;
    }

private:
    QJsonObject m_json;
    QString m_fault;
};

void readPicture(Reader& reader, SegmentationState& state) {
    const QImage picture = reader.image(u"picture"_s);
    if (picture.isNull()) return;
    const QSize size = picture.size();
    setPicture(state,
               {fromQImage(picture.convertToFormat(QImage::Format_RGB888)),
                reader.map(u"truth"_s, size),
                reader.json()["pictureName"_L1].toString()});
    if (const LabelMap map = reader.map(u"omission"_s, size); !map.empty()) state.marks.omission = map;
    if (const LabelMap map = reader.map(u"observed"_s, size); !map.empty()) state.marks.observed = map;
}

void readForced(Reader& reader, SegmentationState& state) {
    for (const QJsonValue& each : reader.json()["forced"_L1].toArray()) {
        Reader inner(each.toObject());
        state.forced.push_back({int(inner.number(u"channel"_s, 0, 0, 4095)),
                                inner.number(u"deviations"_s, 0, -100, 100)});
        if (!inner.fault().isEmpty()) reader.blame(u"forced"_s);
    }
}

}  // namespace

QJsonObject toJson(const SegmentationState& state) {
    QJsonArray pinned, forced;
    for (const int sample : state.pinned) pinned << sample;
    for (const ForcedChannel& each : state.forced)
        forced << QJsonObject{{u"channel"_s, each.channel}, {u"deviations"_s, each.deviations}};
    QJsonObject json{{u"model"_s, state.model},
                     {u"numSamples"_s, state.numSamples},
                     {u"seed"_s, double(state.seed)},
                     {u"numSweeps"_s, state.numSweeps},
                     {u"samplingSweeps"_s, state.samplingSweeps},
                     {u"forced"_s, forced},
                     {u"opacity"_s, state.opacity},
                     {u"consensus"_s, kConsensus[std::size_t(state.consensus)]},
                     {u"doubt"_s, kDoubt[std::size_t(state.doubt)]},
                     {u"answer"_s, kAnswer[std::size_t(state.answer)]},
                     {u"order"_s, kOrder[std::size_t(state.order)]},
                     {u"pinned"_s, pinned},
                     {u"chosen"_s, state.chosen}};
    if (!state.picture) return json;
    json[u"pictureName"_s] = state.picture->name;
    json[u"picture"_s] = pngOf(toQImage(state.picture->image));
    json[u"omission"_s] = pngOf(state.marks.omission);
    json[u"observed"_s] = pngOf(state.marks.observed);
    if (!state.picture->truth.empty()) json[u"truth"_s] = pngOf(state.picture->truth);
    return json;
}

Result<SegmentationState> segmentationStateFromJson(const QJsonObject& json) {
    SegmentationState state;
    Reader reader(json);
    readPicture(reader, state);
    readForced(reader, state);
    state.model = json["model"_L1].toString(state.model);
    state.numSamples = int(reader.number(u"numSamples"_s, state.numSamples, 1, kMostSamples));
    state.seed = quint64(reader.number(u"seed"_s, double(state.seed), 0, 1e15));
    state.numSweeps = int(reader.number(u"numSweeps"_s, state.numSweeps, 1, kMostSweeps));
    state.samplingSweeps = json["samplingSweeps"_L1].toBool(state.samplingSweeps);
    state.opacity = reader.number(u"opacity"_s, state.opacity, 0, 1);
    state.consensus = reader.choice(u"consensus"_s, kConsensus, state.consensus);
    state.doubt = reader.choice(u"doubt"_s, kDoubt, state.doubt);
    state.answer = reader.choice(u"answer"_s, kAnswer, state.answer);
    state.order = reader.choice(u"order"_s, kOrder, state.order);
    state.chosen = int(reader.number(u"chosen"_s, state.chosen, -1, kMostSamples - 1));
    for (const QJsonValue& sample : json["pinned"_L1].toArray()) state.pinned << sample.toInt(-1);
    if (reader.fault().isEmpty()) return state;
    return Error{ErrorCode::BadFormat,
                 "The saved state of Segmentation has a bad \"" + reader.fault().toStdString() + "\"."};
}

}  // namespace vitrine
