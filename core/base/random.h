// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>

namespace vitrine {

/// A small generator whose numbers are a function of its keys alone: Rng({seed, step, sample}) gives the same
/// stream on every machine and whatever thread draws it. Source: SplitMix64 (Steele, Lea, Flood 2014).
class Rng {
public:
    explicit Rng(std::initializer_list<std::uint64_t> keys) {
        for (std::uint64_t key : keys) m_state = mix(m_state ^ mix(key + 0x9e3779b97f4a7c15ull));
    }

    std::uint64_t next() { return mix(m_state += 0x9e3779b97f4a7c15ull); }
    /// In [0, 1).
    double uniform() { return double(next() >> 11) * 0x1.0p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// In [0, count).
    std::uint64_t below(std::uint64_t count) { return std::uint64_t(uniform() * double(count)); }
    double normal() {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

private:
    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    std::uint64_t m_state = 0;
};

}  // namespace vitrine
