// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/bridge/data_service.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace vitrine {

class StateNotice;
class ZoomView;

/// The stage of the data set: all chairs on a contact sheet to look into; above it what is being done, with
/// its progress.
class DataPage : public QWidget {
    Q_OBJECT
public:
    explicit DataPage(DataService& data, QWidget* parent = nullptr);

    void showState();
    void setSheet(const QImage& sheet);
    void setError(const QString& text);
    ZoomView* view() const { return m_view; }

Q_SIGNALS:
    void renderRequested();
    void sheetRequested();

private:
    void buildLayout();
    QWidget* buildWorkRow();
    void showProgress(const Progress& progress);

    DataService& m_data;
    QWidget* m_work = nullptr;
    QLabel* m_workText = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    StateNotice* m_problem = nullptr;
    StateNotice* m_empty = nullptr;
    QStackedWidget* m_stack = nullptr;
    ZoomView* m_view = nullptr;
};

}  // namespace vitrine
