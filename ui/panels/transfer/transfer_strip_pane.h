// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/base/image.h"
#include "core/recipe/transfer_curve.h"
#include "ui/panels/transfer/transfer_state.h"

class QLabel;

namespace vitrine {

class CurvePlot;
class PictureSheetView;

/// The strip of the slides, for each number of given azimuths the way from one given view to the next, and
/// the curve: the error of unseen views over that number.
class TransferStripPane : public QWidget {
    Q_OBJECT
public:
    explicit TransferStripPane(TransferStore& store, QWidget* parent = nullptr);

    /// As TransferSession::strip() gives it; empty: it is being made.
    void setStrip(const std::vector<Image>& strip);
    void setCurves(const std::vector<TransferCurve>& curves);

private:
    void buildLayout();
    void showPictures(const std::vector<Image>& strip);
    void showState();
    void showElevation();
    void choose(int cell);

    TransferStore& m_store;
    std::vector<TransferSetting> m_settings;  ///< of the rows
    std::vector<TransferCurve> m_curves;
    PictureSheetView* m_sheet = nullptr;
    CurvePlot* m_plot = nullptr;
    QLabel* m_elevation = nullptr;
};

}  // namespace vitrine
