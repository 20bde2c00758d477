// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <memory>

namespace vitrine {

/// What is remembered between starts: window, layout, theme, folders last used. Never what belongs to a
/// document. A value of another type than asked for is answered with the fallback. Thread: GUI.
class Settings {
public:
    /// The user's own file.
    static std::unique_ptr<Settings> forUser();
    /// Kept in memory only: tests, pictures made without the user's choices.
    static std::unique_ptr<Settings> transient();
    /// A file of its own.
    explicit Settings(const QString& iniFile);
    ~Settings();

    QVariant value(const QString& key, const QVariant& fallback = {}) const;
    QString text(const QString& key, const QString& fallback = {}) const;
    bool flag(const QString& key, bool fallback) const;
    int number(const QString& key, int fallback) const;
    double real(const QString& key, double fallback) const;
    QByteArray bytes(const QString& key) const;
    void set(const QString& key, const QVariant& value);
    void remove(const QString& key);

    /// Newest first, at most ten.
    QStringList recentFiles() const;
    void addRecentFile(const QString& path);

    /// Forgets everything; what was there stays beside it as *.backup.
    void reset();
    /// Writes now. False if the file can't be written.
    bool sync();

private:
    Settings();
    QVariantMap m_memory;
    std::unique_ptr<QSettings> m_file;  ///< none: in memory only
};

}  // namespace vitrine
