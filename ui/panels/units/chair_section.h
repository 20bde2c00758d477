// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

#include "core/sessions/chair_session.h"
#include "ui/panels/units/unit_state.h"

class QComboBox;

namespace vitrine {

class LabeledSlider;

/// Which real chair is looked into, and from where.
class UnitChairSection : public QWidget {
    Q_OBJECT
public:
    explicit UnitChairSection(UnitStore& store, QWidget* parent = nullptr);

    /// The network's styles, by class index.
    void setModel(const ChairModelInfo& model);
    /// Of the chairs, by id; styles without one are called as styleName() says.
    void setNames(const QHash<QString, QString>& names);
    void showState();

private:
    void addStyle(const QString& id);

    UnitStore& m_store;
    std::vector<std::string> m_styleIds;  ///< of the network
    QHash<QString, QString> m_names;
    QComboBox* m_style = nullptr;
    LabeledSlider* m_azimuth = nullptr;
    LabeledSlider* m_elevation = nullptr;
};

}  // namespace vitrine
