// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/data_service.h"

#include <QJsonArray>

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "ui/bridge/task_service.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

DataStatistics statisticsOf(const QJsonObject& json) {
    DataStatistics statistics;
    statistics.numViews = json["views"_L1].toInteger();
    statistics.numHeldOut = json["heldOut"_L1].toInteger();
    statistics.numChairs = json["styles"_L1].toArray().size();
    statistics.bytes = json["bytes"_L1].toInteger();
    statistics.size = json["size"_L1].toInt();
    statistics.coverage = json["coverage"_L1].toDouble();
    const QJsonArray color = json["meanColor"_L1].toArray();
    for (int i = 0; i < 3; ++i) statistics.meanColor[i] = color.at(i).toDouble();
    statistics.hash = json["dataHash"_L1].toString();
    return statistics;
}

}  // namespace

DataService::DataService(Places places, QString program, QObject* parent)
    : QObject(parent),
      m_places(std::move(places)),
      m_helper(std::move(program)),
      m_tasks(new TaskService(this)) {
    if (m_places.packed.empty()) m_places.packed = cacheFolder() / "chairs-128.vpack";
    if (m_places.sheet.empty()) m_places.sheet = cacheFolder() / "contact-sheet.png";
    connect(&m_helper, &HelperProcess::progressed, this, &DataService::progressed);
    connect(&m_helper, &HelperProcess::finished, this, &DataService::end);
    connect(&m_helper, &HelperProcess::failed, this, [this](const Error& error) {
        const Work failedWork = leave();
        Q_EMIT failed(failedWork, error);
        look();
    });
    connect(&m_helper, &HelperProcess::cancelled, this, [this] { Q_EMIT cancelled(leave()); });
}

DataService::~DataService() = default;

void DataService::render() {
    begin(Work::Render, {u"data"_s, u"render"_s, u"--packed"_s, toQ(m_places.packed)});
}

void DataService::check() {
    begin(Work::Check, {u"data"_s, u"check"_s, toQ(m_places.packed)});
}

void DataService::makeSheet(double azimuthDeg, double elevationDeg, bool parts) {
    QStringList arguments{u"data"_s,
                          u"sheet"_s,
                          u"--out"_s,
                          toQ(m_places.sheet),
                          u"--azimuth"_s,
                          QString::number(azimuthDeg),
                          u"--elevation"_s,
                          QString::number(elevationDeg)};
    if (parts) arguments << u"--parts"_s;
    begin(Work::Sheet, arguments);
}

void DataService::cancel() {
    m_helper.cancel();
}

void DataService::begin(Work work, const QStringList& arguments) {
    if (m_work != Work::None) return;
    m_work = work;
    Q_EMIT workChanged();
    m_helper.start(arguments);
}

DataService::Work DataService::leave() {
    const Work ended = std::exchange(m_work, Work::None);
    Q_EMIT workChanged();
    return ended;
}

void DataService::end(const QJsonObject& answer) {
    switch (leave()) {
        case Work::Render:
            m_isThere = true;
            m_statistics.reset();
            check();
            Q_EMIT rendered();
            break;
        case Work::Check:
            m_statistics = statisticsOf(answer);
            Q_EMIT checked();
            break;
        case Work::Sheet:
            m_hasSheet = true;
            Q_EMIT sheetMade();
            break;
        case Work::None:
            break;
    }
}

void DataService::look() {
    m_tasks->run(
        [places = m_places](std::stop_token) {
            std::error_code error;
            return std::pair(fs::exists(places.packed, error), fs::exists(places.sheet, error));
        },
        [this](const std::pair<bool, bool>& found) {
            if (m_isThere == found.first && m_hasSheet == found.second) return;
            std::tie(m_isThere, m_hasSheet) = found;
            if (!found.first) m_statistics.reset();
            Q_EMIT looked();
        });
}

}  // namespace vitrine
