// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QWidget>
#include <optional>
#include <utility>

#include "ui/panels/transfer/transfer_state.h"

class QComboBox;
class QLabel;

namespace vitrine {

class TurntableControls;

/// Which chair, how many of its views were given, and from where it is looked at.
class TargetSection : public QWidget {
    Q_OBJECT
public:
    explicit TargetSection(TransferStore& store, QWidget* parent = nullptr);

    /// Ids and names.
    void setTargets(const QList<std::pair<QString, QString>>& targets);
    /// The target that many places on.
    void stepTarget(int places);
    TurntableControls* view() const { return m_view; }

private:
    void buildLayout();
    void connectSignals();
    void showState();
    void chooseTarget(const QString& id);

    TransferStore& m_store;
    QComboBox* m_target = nullptr;
    QComboBox* m_setting = nullptr;
    QLabel* m_given = nullptr;
    TurntableControls* m_view = nullptr;
    std::optional<TransferSetting> m_shown;  ///< whose ticks the controls have
};

}  // namespace vitrine
