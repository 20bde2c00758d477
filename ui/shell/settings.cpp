// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/settings.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kMaxRecentFiles = 10;

template <class T>
T typed(const QVariant& value, const T& fallback) {
    return value.isValid() && value.canConvert<T>() ? value.value<T>() : fallback;
}

}  // namespace

Settings::Settings() = default;
Settings::Settings(const QString& iniFile)
    : m_file(std::make_unique<QSettings>(iniFile, QSettings::IniFormat)) {}
Settings::~Settings() = default;

std::unique_ptr<Settings> Settings::forUser() {
    std::unique_ptr<Settings> settings(new Settings);
    settings->m_file =
        std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, u"vitrine"_s, u"vitrine"_s);
    return settings;
}

std::unique_ptr<Settings> Settings::transient() {
    return std::unique_ptr<Settings>(new Settings);
}

QVariant Settings::value(const QString& key, const QVariant& fallback) const {
    return m_file ? m_file->value(key, fallback) : m_memory.value(key, fallback);
}

QString Settings::text(const QString& key, const QString& fallback) const {
    return typed(value(key), fallback);
}
QByteArray Settings::bytes(const QString& key) const {
    return typed(value(key), QByteArray());
}

bool Settings::flag(const QString& key, bool fallback) const {
    const QString word = typed(value(key), QString());  // an INI file holds words
    if (word == "true"_L1) return true;
    if (word == "false"_L1) return false;
    return fallback;
}

int Settings::number(const QString& key, int fallback) const {
    bool ok = false;
    const int number = value(key).toInt(&ok);
    return ok ? number : fallback;
}

double Settings::real(const QString& key, double fallback) const {
    bool ok = false;
    const double number = value(key).toDouble(&ok);
    return ok ? number : fallback;
}

void Settings::set(const QString& key, const QVariant& value) {
    if (m_file) {
        m_file->setValue(key, value);
    } else {
        m_memory.insert(key, value);
    }
}

void Settings::remove(const QString& key) {
    if (m_file) {
        m_file->remove(key);
    } else {
        m_memory.remove(key);
    }
}

QStringList Settings::recentFiles() const {
    return value(u"recentFiles"_s).toStringList();
}

void Settings::addRecentFile(const QString& path) {
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    set(u"recentFiles"_s, QStringList(files.mid(0, kMaxRecentFiles)));
}

void Settings::reset() {
    m_memory.clear();
    if (!m_file) return;
    m_file->sync();
    const QString path = m_file->fileName();
    if (QFile::exists(path)) {
        QFile::remove(path + ".backup"_L1);
        QFile::copy(path, path + ".backup"_L1);
    }
    m_file->clear();
    m_file->sync();
}

bool Settings::sync() {
    if (!m_file) return true;
    m_file->sync();
    return m_file->status() == QSettings::NoError;
}

}  // namespace vitrine
