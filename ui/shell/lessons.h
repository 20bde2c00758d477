// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

namespace vitrine {

/// A project that is ready to be explored.
struct Lesson {
    QString id;
    QString icon;
    QString title;
    QString text;     ///< what to do, and what one should see
    QString project;  ///< its file
};

const std::vector<Lesson>& lessons();

}  // namespace vitrine
