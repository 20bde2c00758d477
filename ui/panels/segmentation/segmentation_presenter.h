// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <memory>
#include <optional>

#include "core/recipe/sample_votes.h"
#include "ui/panels/sampling/pinned_path.h"
#include "ui/panels/segmentation/segmentation_state.h"
#include "ui/panels/segmentation/sweeps_section.h"

namespace vitrine {

class SampleGrid;
class SegmentationService;
class SegmentationStage;
class StatusBar;

/// Asks the network when the state wants another answer, and shows what it says.
class SegmentationPresenter : public QObject {
    Q_OBJECT
public:
    SegmentationPresenter(SegmentationStage* stage,
                          SampleGrid* grid,
                          SegmentationStore& store,
                          SegmentationService& network,
                          SegmentationService& gdnn,
                          StatusBar& status,
                          QObject* parent = nullptr);

    /// The whole answer to the state; nullptr while it is being made.
    const SegmentationResult* result() const { return m_resultOf == m_number ? m_result.get() : nullptr; }
    /// The samples that are there so far.
    const SampleVotes& votes() const { return m_votes; }
    /// The picture of a sample with the state's opacity.
    QImage pictureOf(const LabelMap& labels) const;
    bool isSettled() const;
    /// What the network is asked: of the state, what it can answer. Needs a picture.
    SegmentationRequest request() const;
    /// Of iterative inference, where labels are known.
    SweepProgress sweeps() const;
    /// One sweep from the start, or one more than was asked before. Any other question ends this: then all
    /// are made again.
    void sweepOnce();
    /// All sweeps of the state.
    void sweepToEnd();
    /// Ends the question early and shows what there is.
    void stop();
    /// Asks again: another network answers now.
    void networkChanged();
    /// While true the truth covers the view of all samples.
    void setTruthHeld(bool held);

Q_SIGNALS:
    void resultChanged();
    void settledChanged();
    void sweepsChanged();

private:
    void stateChanged();
    void ask();
    void askGdnn();
    void askPath();
    void takeSamples(quint64 number, int first, const std::vector<LabelMap>& samples);
    void takeResult(quint64 number, const SegmentationResult& result, double latencyMs);
    void beginAnswer(quint64 number);
    void forgetAnswer();
    void showInput();
    void showMarks();
    void showAll();
    /// What the network says, in all views.
    void showAnswers();
    void showGrid();
    void showAggregate();
    void showPath();
    void showDifference();
    void showUncertainty();
    void showAnswer();
    const QImage& tileOf(int sample);
    std::vector<int> order() const;
    QString captionOf(int sample) const;

    SegmentationStage* m_stage;
    SampleGrid* m_grid;
    SegmentationStore& m_store;
    SegmentationService& m_network;
    SegmentationService& m_gdnn;
    StatusBar& m_status;

    SegmentationState m_shown;  ///< what the answer on screen, or on its way, belongs to
    quint64 m_number = 0, m_gdnnNumber = 0;
    QImage m_picture;
    QImage m_seen;  ///< the picture as the answer on screen had it: what was hidden is dark
    SampleVotes m_votes;
    QList<QImage> m_tiles;  ///< pictures of the first votes, in the state's opacity
    quint64 m_votesOf = 0, m_resultOf = 0;
    std::shared_ptr<const SegmentationResult> m_result, m_gdnnResult;
    std::optional<int> m_step;  ///< sweeps that were asked for one by one
    std::vector<double> m_changedShares;
    std::vector<double> m_agreements;
    PinnedPath<LabelMap> m_path;
    bool m_truthHeld = false;
};

}  // namespace vitrine
