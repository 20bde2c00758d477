// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QList>
#include <QObject>
#include <QTimer>

#include "core/recipe/recipe.h"

namespace vitrine {

class ChairService;

/// Small pictures that the network paints: of mixes, and of styles without a real chair.
class MixThumbnails : public QObject {
    Q_OBJECT
public:
    explicit MixThumbnails(ChairService& service, QObject* parent = nullptr);

    /// The picture, or none yet: then it is asked for, and ready() tells when it is there. Mixes that follow
    /// on one another, as while one is dragged, are asked for when they rest.
    QImage get(const RecipeMix& mix);
    bool isIdle() const { return m_asked.isEmpty() && m_wanted.isEmpty(); }

Q_SIGNALS:
    void ready();

private:
    void forget();
    void ask(const RecipeMix& mix);

    ChairService& m_service;
    QHash<QString, QImage> m_pictures;
    QHash<quint64, QString> m_asked;  ///< by batch
    QList<RecipeMix> m_wanted;        ///< mixes that may still change
    QTimer m_rest;
};

}  // namespace vitrine
