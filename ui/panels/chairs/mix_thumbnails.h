// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QObject>

#include "core/explore/recipe.h"

namespace vitrine {

class ChairService;

/// Small pictures that the network paints: of mixes, and of styles without a real chair.
class MixThumbnails : public QObject {
    Q_OBJECT
public:
    explicit MixThumbnails(ChairService& service, QObject* parent = nullptr);

    /// The picture, or none yet: then it is asked for, and ready() tells when it is there.
    QImage get(const RecipeMix& mix);

Q_SIGNALS:
    void ready();

private:
    void forget();

    ChairService& m_service;
    QHash<QString, QImage> m_pictures;
    QHash<quint64, QString> m_asked;  ///< by batch
};

}  // namespace vitrine
