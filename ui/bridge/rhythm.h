// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>

namespace vitrine {

/// Says when it is time for the next delivery of what is being made: at once, then every 40 ms at most.
class Rhythm {
public:
    bool isTime() {
        if (m_since.isValid() && m_since.elapsed() < kIntervalMs) return false;
        m_since.start();
        return true;
    }

private:
    static constexpr qint64 kIntervalMs = 40;
    QElapsedTimer m_since;
};

}  // namespace vitrine
