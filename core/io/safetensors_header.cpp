// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors_header.h"

#include <nlohmann/json.hpp>

namespace vitrine {
namespace {

constexpr std::size_t kMaxTensors = 4096;
constexpr std::size_t kMaxRank = 8;
constexpr const char* kMetadataKey = "__metadata__";

std::optional<TensorType> typeFromName(const std::string& name) {
    for (TensorType type : {TensorType::Float32,
                            TensorType::Float16,
                            TensorType::BFloat16,
                            TensorType::Int64,
                            TensorType::UInt8}) {
        if (tensorTypeName(type) == name) return type;
    }
    return std::nullopt;
}

/// Follows { name: {dtype, shape, data_offsets}, "__metadata__": {text: text} } and stops at the first fault;
/// what is nested deeper than that has no place and is one.
class HeaderSax : public nlohmann::json_sax<nlohmann::json> {
public:
    SafetensorsHeader header;
    Error fault{ErrorCode::BadFormat, "its header is not valid JSON"};

    bool start_object(std::size_t) override {
        switch (m_place) {
            case Place::Start:
                m_place = Place::Root;
                return true;
            case Place::RootValue:
                return enterEntry();
            default:
                return fail("an object is where it does not belong" + where());
        }
    }

    bool end_object() override {
        if (m_place == Place::Tensor && !finishTensor()) return false;
        m_place = m_place == Place::Root ? Place::Done : Place::Root;
        return true;
    }

    bool start_array(std::size_t) override {
        if (m_place != Place::TensorValue || m_field == "dtype")
            return fail("a list is where it does not belong" + where());
        m_place = Place::List;
        return true;
    }

    bool end_array() override {
        m_place = Place::Tensor;
        return true;
    }

    bool key(string_t& text) override {
        switch (m_place) {
            case Place::Root:
                return enterName(text);
            case Place::Metadata:
                m_field = text;
                m_place = Place::MetadataValue;
                return !header.metadata.contains(text) ||
                       fail("the metadata key '" + text + "' occurs twice");
            default:
                return enterField(text);
        }
    }

    bool string(string_t& text) override {
        if (m_place == Place::MetadataValue) {
            header.metadata.emplace(m_field, text);
            m_place = Place::Metadata;
            return true;
        }
        if (m_place != Place::TensorValue || m_field != "dtype")
            return fail("a text is where it does not belong" + where());
        m_place = Place::Tensor;
        m_type = typeFromName(text);
        if (m_type) return true;
        fault.code = ErrorCode::Unsupported;
        return fail("tensor '" + m_name + "' has the element type '" + text +
                    "', which is not one of F32, F16, BF16, I64, U8");
    }

    bool number_unsigned(number_unsigned_t number) override {
        if (m_place != Place::List) return fail("a number is where it does not belong" + where());
        std::vector<std::uint64_t>& list = m_field == "shape" ? *m_shape : *m_offsets;
        list.push_back(number);
        if (m_field == "shape" && list.size() > kMaxRank)
            return fail("tensor '" + m_name + "' has more than 8 dimensions");
        if (m_field != "shape" && list.size() > 2)
            return fail("tensor '" + m_name + "' has more than two data offsets");
        return true;
    }

    bool number_integer(number_integer_t) override {
        return fail("the header contains a negative number" + where());
    }
    bool number_float(number_float_t, const string_t& text) override {
        return fail("'" + text + "' in the header is not a whole number of at most 64 bits" + where());
    }
    bool null() override { return fail("a null is where it does not belong" + where()); }
    bool boolean(bool) override { return fail("a truth value is where it does not belong" + where()); }
    bool binary(binary_t&) override { return fail("the header contains binary data" + where()); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) override {
        fault.detail = error.what();
        return false;
    }

private:
    enum class Place { Start, Root, RootValue, Metadata, MetadataValue, Tensor, TensorValue, List, Done };

    bool fail(std::string text) {
        fault.message = std::move(text);
        return false;
    }
    std::string where() const { return m_name.empty() ? std::string() : " (at '" + m_name + "')"; }

    bool enterName(const std::string& name) {
        m_name = name;
        m_place = Place::RootValue;
        const bool twice = name == kMetadataKey ? m_metadataSeen : header.tensors.contains(name);
        if (twice) return fail("the key '" + name + "' occurs twice");
        if (header.tensors.size() >= kMaxTensors) return fail("it holds more than 4096 tensors");
        return true;
    }

    bool enterEntry() {
        if (m_name == kMetadataKey) {
            m_metadataSeen = true;
            m_place = Place::Metadata;
            return true;
        }
        m_type.reset();
        m_shape.reset();
        m_offsets.reset();
        m_place = Place::Tensor;
        return true;
    }

    bool enterField(const std::string& field) {
        m_field = field;
        m_place = Place::TensorValue;
        const auto once = [&](bool seen) {
            return !seen || fail("'" + field + "' of tensor '" + m_name + "' occurs twice");
        };
        if (field == "dtype") return once(m_type.has_value());
        if (field == "shape") return once(m_shape.has_value()) && (m_shape.emplace(), true);
        if (field == "data_offsets") return once(m_offsets.has_value()) && (m_offsets.emplace(), true);
        return fail("tensor '" + m_name + "' has the unknown field '" + field + "'");
    }

    bool finishTensor() {
        if (!m_type) return fail("tensor '" + m_name + "' has no dtype");
        if (!m_shape) return fail("tensor '" + m_name + "' has no shape");
        if (!m_offsets || m_offsets->size() != 2)
            return fail("tensor '" + m_name + "' does not have two data offsets");
        header.tensors[m_name] = {*m_type, *m_shape, (*m_offsets)[0], (*m_offsets)[1]};
        return true;
    }

    Place m_place = Place::Start;
    bool m_metadataSeen = false;
    std::string m_name;   // tensor or metadata entry that is being read
    std::string m_field;  // key inside it
    std::optional<TensorType> m_type;
    std::optional<std::vector<std::uint64_t>> m_shape;
    std::optional<std::vector<std::uint64_t>> m_offsets;
};

}  // namespace

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json) {
    HeaderSax sax;
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &sax)) return sax.fault;
    return std::move(sax.header);
}

}  // namespace vitrine
