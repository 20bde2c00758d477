// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QWidget>

#include "ui/bridge/style_names.h"
#include "ui/panels/correspondence/correspondence_state.h"

class QComboBox;
class QListWidget;

namespace vitrine {

class LabeledSlider;

/// Which chairs, from where: thumbnails to click (Shift for B), and the view.
class ChairsSection : public QWidget {
    Q_OBJECT
public:
    explicit ChairsSection(CorrespondenceStore& store, QWidget* parent = nullptr);

    struct Chair {
        QString id, name;
    };
    /// Those that the network knows.
    void setChairs(const QList<Chair>& chairs);
    void setThumbnail(const QString& id, const QImage& image);
    QString nameOf(const QString& id) const { return m_names.value(id, styleName(id)); }

    /// A (0) or B (1) becomes this chair.
    void choose(int side, const QString& id);

private:
    void buildLayout();
    void showState();

    CorrespondenceStore& m_store;
    QHash<QString, QString> m_names;
    QComboBox* m_sides[2] = {};
    QListWidget* m_gallery = nullptr;
    LabeledSlider* m_azimuth = nullptr;
    LabeledSlider* m_elevation = nullptr;
};

}  // namespace vitrine
