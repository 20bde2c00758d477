// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/correspondence_presenter.h"

#include <QTimer>
#include <algorithm>
#include <cmath>

#include "core/base/mean.h"
#include "core/recipe/correspondence_files.h"
#include "ui/bridge/image_convert.h"
#include "ui/panels/correspondence/correspondence_pictures.h"
#include "ui/panels/correspondence/correspondence_stage.h"
#include "ui/views/morph_strip.h"
#include "ui/views/picture_film.h"
#include "ui/views/point_canvas.h"

namespace vitrine {
namespace {

constexpr int kBlinkMs = 600;
constexpr int kFrameScale = 3;  // of the morph's picture, for the points on it
constexpr int kCurveStep = 6;   // pixels between the places that the curve is the mean of
constexpr std::uint8_t kOnChairAlpha = 64;

QPointF toQ(PixelPoint point) {
    return {double(point.x), double(point.y)};
}
QColor colorOf(std::size_t index) {
    const auto rgb = pointColour(index);
    return {rgb[0], rgb[1], rgb[2]};
}

/// Places all over A, for want of points.
std::vector<PixelPoint> gridOn(const Image& a) {
    std::vector<PixelPoint> places;
    for (int y = kCurveStep / 2; y < a.height; y += kCurveStep)
        for (int x = kCurveStep / 2; x < a.width; x += kCurveStep)
            if (a.at(y, x, 3) >= kOnChairAlpha) places.push_back({float(x), float(y)});
    return places;
}

}  // namespace

CorrespondencePresenter::CorrespondencePresenter(CorrespondenceStage* stage,
                                                 MorphStrip* strip,
                                                 CorrespondenceStore& store,
                                                 QObject* parent)
    : QObject(parent), m_stage(stage), m_strip(strip), m_store(store) {
    m_blink = new QTimer(this);
    m_blink->setInterval(kBlinkMs);
    connect(m_blink, &QTimer::timeout, this, [this] {
        m_blinksToA = !m_blinksToA;
        showPictures();
    });
    connect(&m_store, &CorrespondenceStore::changed, this, &CorrespondencePresenter::showState);
    connect(m_stage->film(), &PictureFilm::wanted, this, &CorrespondencePresenter::setFrame);
    connect(
        m_strip, &MorphStrip::frameChosen, this, [this](int frame) { m_stage->film()->setCurrent(frame); });
}

void CorrespondencePresenter::setResult(std::shared_ptr<const CorrespondenceResult> result) {
    const bool isAsLong = m_result && m_result->frames.size() == result->frames.size();
    m_result = std::move(result);
    showFrames(isAsLong ? m_frame : int(m_result->frames.size()) / 2);
    showPictures();
    showState();
}

void CorrespondencePresenter::setStale(bool stale) {
    m_stage->setDimmed(stale);
}

void CorrespondencePresenter::showFrames(int current) {
    QList<QImage> pictures;
    QStringList names;
    for (const Image& frame : m_result->frames) {
        pictures << framePicture(frame);
        names << tr("%1 of %2").arg(pictures.size()).arg(m_result->frames.size());
    }
    m_strip->setFrames(pictures);
    m_stage->film()->setMoments(names);
    m_stage->film()->setCurrent(current);
}

void CorrespondencePresenter::showState() {
    const CorrespondenceState& state = m_store.state();
    const bool isBlinking = state.overlay == CorrespondenceOverlay::Blink;
    if (isBlinking != m_blink->isActive()) isBlinking ? m_blink->start() : m_blink->stop();
    m_stage->a()->setBrush(state.overlay == CorrespondenceOverlay::Mask && !state.isAnnotating);
    m_stage->a()->setEditable(true);
    m_stage->b()->setEditable(state.isAnnotating);
    if (!m_result) return;
    const CorrespondenceState before = std::exchange(m_shown, state);
    if (before.overlay != state.overlay || before.swipe != state.swipe || before.mask != state.mask)
        showPictures();
    m_matches.clear();
    for (const NamedPoint& point : state.points) m_matches.push_back(matchPoint(*m_result, point.place));
    showPoints();
    showFrame();
    showCurve();
    showCaption();
    Q_EMIT matchesChanged();
}

void CorrespondencePresenter::showPictures() {
    if (!m_result) return;
    const CorrespondenceState& state = m_store.state();
    m_stage->a()->setImage(pictureOfA(*m_result, state));
    const bool showsA = state.overlay == CorrespondenceOverlay::Blink && m_blinksToA;
    m_stage->b()->setImage(showsA ? warpedPicture(*m_result) : pictureOfB(*m_result, state));
    m_stage->a()->setArrows(state.overlay == CorrespondenceOverlay::Arrows ? flowArrows(*m_result)
                                                                           : QList<QLineF>());
    m_stage->setWheelScale(state.overlay == CorrespondenceOverlay::Wheel ? fullScalePx(*m_result) : 0);
}

QList<CanvasPoint> CorrespondencePresenter::annotatedPoints(bool onB) const {
    const CorrespondenceState& state = m_store.state();
    QList<CanvasPoint> points;
    if (onB && !state.isAnnotating) return points;
    for (const AnnotationSummary& summary : summarise(state.annotations)) {
        const auto named = std::ranges::find(state.points, summary.name, &NamedPoint::name);
        const QColor color = named == state.points.end() ? QColor(Qt::gray)
                                                         : colorOf(std::size_t(named - state.points.begin()));
        if (onB)
            points << CanvasPoint{
                toQ(summary.mean), color, QString::fromStdString(summary.name), {}, summary.spreadPx, false};
    }
    return points;
}

QList<CanvasPoint> CorrespondencePresenter::pointsOfA() const {
    const CorrespondenceState& state = m_store.state();
    QList<CanvasPoint> points;
    for (std::size_t i = 0; i < state.points.size(); ++i) {
        const bool isOff = i < m_matches.size() && m_matches[i].trust == CorrespondenceTrust::OffChair;
        points << CanvasPoint{toQ(state.points[i].place),
                              colorOf(i),
                              QString::fromStdString(state.points[i].name),
                              {},
                              0,
                              isOff};
    }
    return points;
}

QList<CanvasPoint> CorrespondencePresenter::pointsOfB() const {
    const CorrespondenceState& state = m_store.state();
    if (state.isAnnotating) return annotatedPoints(true);
    QList<CanvasPoint> points;
    for (std::size_t i = 0; i < m_matches.size(); ++i) {
        const PointMatch& match = m_matches[i];
        CanvasPoint point{toQ(match.to),
                          colorOf(i),
                          QString::fromStdString(state.points[i].name),
                          {},
                          double(match.roundTripPx),
                          match.trust != CorrespondenceTrust::Sure};
        for (const PixelPoint place : match.trail) point.trail << toQ(place);
        points << point;
    }
    return points;
}

void CorrespondencePresenter::showPoints() {
    const int chosen = m_store.state().chosen;
    m_stage->a()->setPoints(pointsOfA());
    m_stage->b()->setPoints(pointsOfB());
    m_stage->a()->setChosen(chosen);
    m_stage->b()->setChosen(chosen);
}

void CorrespondencePresenter::setFrame(int frame) {
    m_frame = frame;
    m_strip->setCurrent(frame);
    showFrame();
}

void CorrespondencePresenter::showFrame() {
    if (!m_result || m_frame < 0 || m_frame >= int(m_result->frames.size())) return;
    m_stage->film()->setPicture(
        toQImage(trackedFrame(*m_result, std::size_t(m_frame), m_matches, kFrameScale)));
}

void CorrespondencePresenter::showCurve() {
    const auto places = [this] {
        std::vector<PixelPoint> own;
        for (const NamedPoint& point : m_store.state().points) own.push_back(point.place);
        return own.empty() ? gridOn(m_result->from()) : own;
    }();
    const std::vector<float> curve = roundTripCurve(*m_result, places);
    m_strip->setCurve({curve.begin(), curve.end()},
                      m_store.state().points.empty()
                          ? tr("Forward-backward error to each frame, mean over A")
                          : tr("Forward-backward error to each frame, mean over the points"),
                      tr("px"));
}

void CorrespondencePresenter::showCaption() {
    const CorrespondenceState& state = m_store.state();
    if (state.chosen < 0 || state.chosen >= int(m_matches.size())) return m_stage->setCaption({});
    const PointMatch& match = m_matches[std::size_t(state.chosen)];
    m_stage->setCaption(tr("%1: %2, error %3 px, confidence %4")
                            .arg(QString::fromStdString(state.points[std::size_t(state.chosen)].name),
                                 QString::fromUtf8(nameOf(match.trust)))
                            .arg(double(match.roundTripPx), 0, 'f', 1)
                            .arg(double(match.confidence), 0, 'f', 2));
}

double CorrespondencePresenter::annotationErrorPx() const {
    Mean mean;
    const CorrespondenceState& state = m_store.state();
    for (const AnnotationSummary& summary : summarise(state.annotations)) {
        const auto named = std::ranges::find(state.points, summary.name, &NamedPoint::name);
        const auto index = std::size_t(named - state.points.begin());
        if (index < m_matches.size()) mean.add(double(distance(m_matches[index].to, summary.mean)));
    }
    return mean.value();
}

}  // namespace vitrine
