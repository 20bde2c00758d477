// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMultiMap>
#include <QString>
#include <QStringList>

#include "core/base/base64.h"
#include "core/io/image_file.h"

namespace vitrine::test {

/// Keys and words that are spelt otherwise since the corpus was made: old, new. A word that meant two things
/// has two new spellings.
inline const QMultiMap<QString, QString> kRespelt{
    {QStringLiteral("consensus"), QStringLiteral("aggregate")},
    {QStringLiteral("doubt"), QStringLiteral("uncertainty")},
    {QStringLiteral("goesOn"), QStringLiteral("continuesPrevious")},
    {QStringLiteral("numParts"), QStringLiteral("samplingSteps")},
    {QStringLiteral("spread"), QStringLiteral("temperature")},
    {QStringLiteral("spreadEnd"), QStringLiteral("curriculumScaleEnd")},
    {QStringLiteral("spreadRate"), QStringLiteral("curriculumScaleRate")},
    {QStringLiteral("spreadStart"), QStringLiteral("curriculumScaleStart")},
    {QStringLiteral("toldShare"), QStringLiteral("observedLabelFraction")},
    {QStringLiteral("way"), QStringLiteral("path")},    // through the latent
    {QStringLiteral("way"), QStringLiteral("route")}};  // of a correspondence

/// The value of a key, or of a new spelling of it.
inline QJsonValue valueIn(const QJsonObject& fields, const QString& key) {
    for (const QString& respelt : kRespelt.values(key))
        if (fields.contains(respelt)) return fields.value(respelt);
    return fields.value(key);
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
    if (now == old || kRespelt.contains(old, now)) return {};
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
        lost += lostValues(it.value(), valueIn(now.toObject(), it.key()), path + u'/' + it.key());
    for (qsizetype i = 0; i < items.size(); ++i)
        lost += lostValues(items[i], now.toArray()[i], path + u'/' + QString::number(i));
    return lost;
}

}  // namespace vitrine::test
