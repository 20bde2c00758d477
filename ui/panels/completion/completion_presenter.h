// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <optional>
#include <vector>

#include "ui/panels/completion/completion_state.h"
#include "ui/panels/sampling/pinned_path.h"

namespace vitrine {

class CompletionService;
class CompletionStage;
class SampleGrid;
class StatusBar;

/// Asks the network when the state wants another answer, and shows what it says.
class CompletionPresenter : public QObject {
    Q_OBJECT
public:
    CompletionPresenter(CompletionStage* stage,
                        SampleGrid* grid,
                        CompletionStore& store,
                        CompletionService& network,
                        StatusBar& status,
                        QObject* parent = nullptr);

    /// The answer to the state; nullptr while it is being made.
    const CompletionResult* result() const;
    /// The path between two samples that was looked at last; empty: none, or it is being made.
    const std::vector<Image>& path() const { return m_path.pictures(); }
    /// What the network is asked: of the state, what it can answer.
    CompletionRequest request() const;
    bool isSettled() const;
    /// After each change of the state, when the network that it wants is being opened, at least.
    void showState();
    /// Asks again: another network answers now.
    void networkChanged();

Q_SIGNALS:
    void resultChanged();
    void settledChanged();

private:
    void ask();
    void askPath();
    bool canAsk() const;
    void takeResult(quint64 number, const CompletionResult& result, double latencyMs);
    void showAnswer();
    void showInput(const CompletionResult& answer);
    void showSamples(const CompletionResult& answer);
    void showPath();
    void showDeviation(const CompletionResult& answer);
    void showOneAnswer(const CompletionResult& answer);
    void showTruth();
    void showGrid();

    CompletionStage* m_stage;
    SampleGrid* m_grid;
    CompletionStore& m_store;
    CompletionService& m_network;
    StatusBar& m_status;

    std::optional<CompletionState> m_asked;  ///< whose question was the last one
    quint64 m_number = 0;                    ///< of that question; 0: it could not be asked
    std::optional<CompletionResult> m_result;
    quint64 m_resultOf = 0;
    QList<QImage> m_tiles;  ///< pictures of the result's samples
    PinnedPath<Image> m_path;
};

}  // namespace vitrine
