// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QList>
#include <QStringList>
#include <cmath>

namespace vitrine::test {

inline QStringList words(const char* text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}
inline QStringList columns(const char* text) {
    return QString::fromLatin1(text).split(QLatin1Char('|'));
}

inline bool isFinite(const QString& cell) {
    bool isNumber = false;
    const double value = cell.toDouble(&isNumber);
    return isNumber && std::isfinite(value);
}

/// A CSV file: the first line names the columns. Those of the provenance, which come last, are kept apart.
struct Csv {
    QList<QStringList> lines, provenance;

    explicit Csv(const QString& path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) return;
        const QString text = QString::fromUtf8(file.readAll());
        for (const QString& line : text.split(QStringLiteral("\r\n"), Qt::SkipEmptyParts))
            lines.append(cellsOf(line));
        const qsizetype place = names().indexOf(QLatin1String("command"));
        if (place < 0) return;
        for (QStringList& line : lines) {
            provenance.append(line.mid(place));
            line = line.first(place);
        }
    }
    bool isRectangular() const {
        for (const QStringList& line : lines)
            if (line.size() != lines.first().size()) return false;
        return !lines.isEmpty();
    }
    QStringList names() const { return lines.value(0); }
    /// The columns in which a method's row has no finite number.
    QStringList columnsWithoutNumber(const QString& method) const {
        for (const QStringList& line : lines) {
            if (line.first() != method) continue;
            QStringList without;
            for (qsizetype i = 1; i < line.size(); ++i)
                if (!isFinite(line[i])) without.append(names().value(i));
            return without;
        }
        return {QStringLiteral("no row of ") + method};
    }

private:
    static QStringList cellsOf(const QString& line) {
        QStringList cells{QString()};
        bool quoted = false;
        for (const QChar c : line) {
            if (c == QLatin1Char('"'))
                quoted = !quoted;
            else if (c == QLatin1Char(',') && !quoted)
                cells.append(QString());
            else
                cells.last() += c;
        }
        return cells;
    }
};

}  // namespace vitrine::test
