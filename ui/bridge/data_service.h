// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QStringList>
#include <filesystem>
#include <optional>

#include "ui/bridge/helper_process.h"

namespace vitrine {

class TaskService;

/// What `data check` says about a packed set.
struct DataStatistics {
    qint64 numViews = 0, numHeldOut = 0, numChairs = 0, bytes = 0;
    int size = 0;                     ///< pixels a side
    double coverage = 0;              ///< share of a view that the chair covers, mean
    double meanColor[3] = {0, 0, 0};  ///< of what is covered, 0 to 1
    QString hash;
    bool operator==(const DataStatistics&) const = default;
};

/// The chairs' data set: rendered, checked and laid out on a contact sheet by vitrine-cli. One thing at a
/// time. Thread: GUI.
class DataService : public QObject {
    Q_OBJECT
public:
    enum class Work { None, Render, Check, Sheet };
    struct Places {
        std::filesystem::path packed;  ///< empty: the default one in the cache
        std::filesystem::path sheet;
    };

    explicit DataService(Places places = {}, QString program = {}, QObject* parent = nullptr);
    ~DataService() override;

    const std::filesystem::path& packedFile() const { return m_places.packed; }
    const std::filesystem::path& sheetFile() const { return m_places.sheet; }

    /// Renders what is missing and packs it; an interrupted rendering is resumed.
    void render();
    void check();
    /// All chairs from one side, with colours or part labels.
    void makeSheet(double azimuthDeg, double elevationDeg, bool parts);
    void cancel();
    Work work() const { return m_work; }

    /// Looks whether the set is there, off the GUI thread; looked() says when that has changed.
    void look();
    /// Unknown until the first look.
    std::optional<bool> isThere() const { return m_isThere; }
    bool hasSheet() const { return m_hasSheet; }
    /// Of the last check.
    const std::optional<DataStatistics>& statistics() const { return m_statistics; }

Q_SIGNALS:
    void looked();
    void workChanged();
    void progressed(const vitrine::Progress& progress);
    void rendered();
    void checked();
    void sheetMade();
    void failed(vitrine::DataService::Work work, const vitrine::Error& error);
    void cancelled(vitrine::DataService::Work work);

private:
    void begin(Work work, const QStringList& arguments);
    void end(const QJsonObject& answer);
    Work leave();

    Places m_places;
    HelperProcess m_helper;
    TaskService* m_tasks = nullptr;
    Work m_work = Work::None;
    std::optional<bool> m_isThere;
    bool m_hasSheet = false;
    std::optional<DataStatistics> m_statistics;
};

}  // namespace vitrine
