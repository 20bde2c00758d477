// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/event_message.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace vitrine {
namespace {

static_assert(std::endian::native == std::endian::little, "protocol buffers keep numbers little-endian");

enum WireType { Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5 };

/// A protocol buffer message under construction.
class Message {
public:
    Message& integer(int field, std::int64_t value) {
        key(field, Varint);
        varint(std::uint64_t(value));
        return *this;
    }
    Message& real(int field, double value) {
        key(field, Fixed64);
        raw(&value, sizeof value);
        return *this;
    }
    Message& real32(int field, float value) {
        key(field, Fixed32);
        raw(&value, sizeof value);
        return *this;
    }
    Message& bytes(int field, std::string_view value) {
        key(field, LengthDelimited);
        varint(value.size());
        m_bytes += value;
        return *this;
    }
    Message& message(int field, const Message& value) { return bytes(field, value.m_bytes); }
    Message& reals(int field, const std::vector<double>& values) {
        return bytes(field, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)});
    }

    std::string take() { return std::move(m_bytes); }

private:
    void key(int field, WireType type) { varint(std::uint64_t(field) << 3 | type); }
    void raw(const void* value, std::size_t size) { m_bytes.append(static_cast<const char*>(value), size); }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) m_bytes += char(std::uint8_t(value | 0x80));
        m_bytes += char(std::uint8_t(value));
    }
    std::string m_bytes;
};

namespace field {
enum Event { WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7 };
enum SessionLog { Status = 1 };
enum Summary { Value = 1 };
enum Value { Tag = 1, SimpleValue = 2, Image = 4, Histogram = 5 };
enum Image { Height = 1, Width = 2, Colorspace = 3, Encoded = 4 };
enum Histogram { Min = 1, Max = 2, Num = 3, Sum = 4, SumSquares = 5, BucketLimit = 6, Bucket = 7 };
}  // namespace field

constexpr std::int64_t kSessionStart = 1;

Message event(double wallTime, std::int64_t step) {
    Message message;
    message.real(field::WallTime, wallTime);
    if (step != 0) message.integer(field::Step, step);
    return message;
}

std::string summaryOfOne(double wallTime, std::int64_t step, const Message& value) {
    return event(wallTime, step).message(field::Summary, Message().message(field::Value, value)).take();
}

}  // namespace

HistogramData HistogramData::of(std::span<const float> values, int numBuckets) {
    HistogramData data;
    if (values.empty()) return data;
    const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
    data.min = *smallest;
    data.max = *largest;
    data.num = double(values.size());
    const std::size_t count = data.max > data.min ? std::size_t(std::max(1, numBuckets)) : 1;
    const double width = (data.max - data.min) / double(count);
    data.buckets.assign(count, 0);
    for (std::size_t i = 0; i < count; ++i) data.bucketLimits.push_back(data.min + width * double(i + 1));
    data.bucketLimits.back() = data.max;
    for (double value : values) {
        data.sum += value;
        data.sumSquares += value * value;
        if (!std::isfinite(value)) continue;
        const double position = width > 0 ? (value - data.min) / width : 0;
        data.buckets[std::min(count - 1, std::size_t(std::max(0.0, std::ceil(position) - 1)))] += 1;
    }
    return data;
}

namespace event_message {

std::string fileVersion(double wallTime) {
    return event(wallTime, 0).bytes(field::FileVersion, "brain.Event:2").take();
}

std::string sessionStart(double wallTime, std::int64_t step) {
    return event(wallTime, step)
        .message(field::SessionLog, Message().integer(field::Status, kSessionStart))
        .take();
}

std::string scalars(double wallTime, std::int64_t step, const std::map<std::string, double>& values) {
    Message summary;
    for (const auto& [tag, value] : values)
        summary.message(field::Value,
                        Message().bytes(field::Tag, tag).real32(field::SimpleValue, float(value)));
    return event(wallTime, step).message(field::Summary, summary).take();
}

std::string image(double wallTime, std::int64_t step, const std::string& tag, const EventImage& image) {
    Message picture;
    picture.integer(field::Height, image.height).integer(field::Width, image.width);
    picture.integer(field::Colorspace, image.colorspace).bytes(field::Encoded, image.encoded);
    return summaryOfOne(wallTime, step, Message().bytes(field::Tag, tag).message(field::Image, picture));
}

std::string histogram(double wallTime, std::int64_t step, const std::string& tag, const HistogramData& data) {
    Message histogram;
    histogram.real(field::Min, data.min).real(field::Max, data.max).real(field::Num, data.num);
    histogram.real(field::Sum, data.sum).real(field::SumSquares, data.sumSquares);
    histogram.reals(field::BucketLimit, data.bucketLimits).reals(field::Bucket, data.buckets);
    return summaryOfOne(
        wallTime, step, Message().bytes(field::Tag, tag).message(field::Histogram, histogram));
}

}  // namespace event_message
}  // namespace vitrine
