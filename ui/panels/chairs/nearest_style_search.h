// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include "ui/bridge/real_chair_service.h"

namespace vitrine {

class ChairService;
class StatusBar;

/// Finds the style of the network whose pictures are nearest to the renders of a chair that the network was
/// not trained on, at several views. A job in the status line, which cancels it; a newer search ends an older
/// one. Thread: GUI; renders and pictures are made by workers.
class NearestStyleSearch : public QObject {
    Q_OBJECT
public:
    NearestStyleSearch(RealChairPainter painter,
                       ChairService& chairs,
                       StatusBar& status,
                       QObject* parent = nullptr);

    void start(const ChairEntry& chair, const QString& name);
    void cancel();
    bool isRunning() const { return m_job != 0; }

Q_SIGNALS:
    void found(const QString& chairId, int styleIndex);
    void failed(const vitrine::Error& error);
    void ended();

private:
    void rendered(quint64 number, const std::vector<Result<Image>>& pictures);
    void end();

    RealChairService* m_reals = nullptr;
    ChairService& m_chairs;
    StatusBar& m_status;
    QString m_chairId;
    int m_job = 0;
};

}  // namespace vitrine
