// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/results/bundled_results.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <algorithm>
#include <limits>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QString textOfPage(const QString& name) {
    QFile file(u":/docs/results/%1.md"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

std::vector<ResultsPage> bundledResults() {
    Theme::instance();  // brings the resources
    const QString index = textOfPage(u"README"_s);
    std::vector<std::pair<qsizetype, ResultsPage>> found;
    for (const QString& file : QDir(u":/docs/results"_s).entryList({u"*.md"_s}, QDir::Files, QDir::Name)) {
        const QString name = file.chopped(3);
        if (name == "README"_L1) continue;
        ResultsPage page = readResultsPage(name.toStdString(), textOfPage(name).toStdString());
        if (page.tables.empty()) continue;
        const auto link =
            QRegularExpression(u"\\[([^\\]]+)\\]\\(%1\\)"_s.arg(QRegularExpression::escape(file)))
                .match(index);
        if (link.hasMatch()) page.title = link.captured(1).toStdString();
        const qsizetype place =
            link.hasMatch() ? link.capturedStart() : std::numeric_limits<qsizetype>::max();
        found.emplace_back(place, std::move(page));
    }
    std::ranges::stable_sort(found, {}, &std::pair<qsizetype, ResultsPage>::first);
    std::vector<ResultsPage> pages;
    for (auto& [place, page] : found) pages.push_back(std::move(page));
    return pages;
}

ResultsPage bundledResultsPage(const char* name) {
    Theme::instance();  // brings the resources
    return readResultsPage(name, textOfPage(QString::fromLatin1(name)).toStdString());
}

}  // namespace vitrine
