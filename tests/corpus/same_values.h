// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include "core/base/base64.h"
#include "core/io/image_file.h"

namespace vitrine::test {

/// Keys and words that are spelt otherwise since the corpus was made: old, new.
inline const QMap<QString, QString> kRespelt;

inline QString respelt(const QString& word) {
    return kRespelt.value(word, word);
}

inline QJsonObject objectIn(const QByteArray& text) {
    return QJsonDocument::fromJson(text).object();
}

inline QJsonObject objectInFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? objectIn(file.readAll()) : QJsonObject();
}

/// The picture that a text holds as a PNG in base 64; empty where it holds none.
inline Image pictureIn(const QString& text) {
    const auto bytes = fromBase64(text.toStdString());
    const auto image = bytes ? decodeImage(*bytes, "a text") : Result<Image>(Image());
    return image.ok() ? *image : Image();
}

inline QStringList lostValues(const QJsonValue& old, const QJsonValue& now, const QString& path = {});

inline QStringList lostText(const QString& old, const QString& now, const QString& path) {
    if (now == respelt(old)) return {};
    if (const QJsonObject inner = objectIn(old.toUtf8()); !inner.isEmpty())
        return lostValues(inner, objectIn(now.toUtf8()), path);
    const Image picture = pictureIn(old);
    return !picture.empty() && picture == pictureIn(now) ? QStringList() : QStringList(path);
}

/// Where `now` lacks a value of `old` or has another. What a text holds, JSON or a picture, is compared in
/// its place; `now` may hold more.
inline QStringList lostValues(const QJsonValue& old, const QJsonValue& now, const QString& path) {
    if (old.isString()) return lostText(old.toString(), now.toString(), path);
    const QJsonArray items = old.toArray();
    const bool isSame = old.isObject()  ? now.isObject()
                        : old.isArray() ? now.isArray() && now.toArray().size() == items.size()
                                        : now == old;
    if (!isSame) return {path};
    QStringList lost;
    const QJsonObject fields = old.toObject();
    for (auto it = fields.begin(); it != fields.end(); ++it)
        lost += lostValues(it.value(), now.toObject().value(respelt(it.key())), path + u'/' + it.key());
    for (qsizetype i = 0; i < items.size(); ++i)
        lost += lostValues(items[i], now.toArray()[i], path + u'/' + QString::number(i));
    return lost;
}

}  // namespace vitrine::test
