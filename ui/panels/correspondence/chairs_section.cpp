// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/chairs_section.h"

#include <QComboBox>
#include <QGuiApplication>
#include <QListWidget>
#include <QMimeData>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/panel_kit/bindings.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kThumbnail = 56;

QList<double> toList(const std::vector<float>& values) {
    return {values.begin(), values.end()};
}

/// Drags carry the chair's id, as those of the Chairs panel do.
class ChairList : public QListWidget {
public:
    using QListWidget::QListWidget;

protected:
    QStringList mimeTypes() const override { return {QString::fromLatin1(kStyleMimeType)}; }
    QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override {
        auto* mime = new QMimeData;
        if (!items.isEmpty())
            mime->setData(mimeTypes().first(), items.first()->data(Qt::UserRole).toString().toUtf8());
        return mime;
    }
};

}  // namespace

ChairsSection::ChairsSection(CorrespondenceStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connect(&m_store, &CorrespondenceStore::changed, this, &ChairsSection::showState);
    showState();
}

void ChairsSection::buildLayout() {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::kGap);
    for (int side : {0, 1}) {
        m_sides[side] = makeChoice(side == 0 ? u"correspondence.from"_s : u"correspondence.to"_s,
                                   side == 0 ? tr("Chair A") : tr("Chair B"),
                                   {},
                                   this);
        rows->addLayout(makeRow(side == 0 ? tr("A") : tr("B"), m_sides[side], this));
        connect(m_sides[side], &QComboBox::activated, this, [this, side](int row) {
            choose(side, m_sides[side]->itemData(row).toString());
        });
    }
    m_gallery = new ChairList(this);
    m_gallery->setObjectName(u"correspondence.gallery"_s);
    m_gallery->setAccessibleName(tr("Chairs: click for A, Shift+click for B"));
    m_gallery->setToolTip(tr("Click: chair A. Shift+click: chair B. Or drag a chair onto a picture."));
    m_gallery->setViewMode(QListView::IconMode);
    m_gallery->setIconSize({kThumbnail, kThumbnail});
    m_gallery->setGridSize({kThumbnail + 8, kThumbnail + 8});
    m_gallery->setResizeMode(QListView::Adjust);
    m_gallery->setMovement(QListView::Static);
    m_gallery->setDragEnabled(true);
    m_gallery->setDragDropMode(QAbstractItemView::DragOnly);
    m_gallery->setFixedHeight(2 * (kThumbnail + 8) + 8);
    connect(m_gallery, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) {
        choose(QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier) ? 1 : 0,
               item->data(Qt::UserRole).toString());
    });
    connect(m_gallery, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        choose(0, item->data(Qt::UserRole).toString());
    });
    rows->addWidget(m_gallery);

    SliderSpec azimuth{.id = u"correspondence.azimuth"_s,
                       .label = tr("Azimuth"),
                       .unit = u"°"_s,
                       .tip = tr("0 is the front"),
                       .minimum = -180,
                       .maximum = 180};
    azimuth.reset = 34, azimuth.step = 1, azimuth.decimals = 0, azimuth.wraps = true;
    azimuth.ticks = toList(trainedAzimuthsDeg());
    m_azimuth = new LabeledSlider(azimuth, this);
    SliderSpec elevation{.id = u"correspondence.elevation"_s,
                         .label = tr("Elevation"),
                         .unit = u"°"_s,
                         .tip = tr("Above the horizon"),
                         .minimum = 0,
                         .maximum = 60};
    elevation.reset = 20, elevation.step = 1, elevation.decimals = 0;
    elevation.ticks = toList(trainedElevationsDeg());
    m_elevation = new LabeledSlider(elevation, this);
    LabeledSlider::alignLabels({m_azimuth, m_elevation});
    const auto bindAngle =
        [this](LabeledSlider* slider, const QString& key, const QString& text, float ChairView::*angle) {
            bindControl(slider, m_store, key, text, [angle](CorrespondenceState& state, double degrees) {
                state.view.*angle = float(degrees);
            });
        };
    bindAngle(m_azimuth, u"azimuth"_s, tr("Turn the chairs"), &ChairView::azimuthDeg);
    bindAngle(m_elevation, u"elevation"_s, tr("Change the elevation"), &ChairView::elevationDeg);
    for (LabeledSlider* slider : {m_azimuth, m_elevation}) rows->addWidget(slider);
}

void ChairsSection::setChairs(const QList<Chair>& chairs) {
    m_names.clear();
    m_gallery->clear();
    for (QComboBox* box : m_sides) box->clear();
    for (const Chair& chair : chairs) {
        m_names.insert(chair.id, chair.name);
        for (QComboBox* box : m_sides) box->addItem(chair.name, chair.id);
        if (styleGroupOf(chair.id) != StyleGroup::Catalogue)
            continue;  // named only: they are too many to be seen
        auto* item = new QListWidgetItem(m_gallery);
        item->setData(Qt::UserRole, chair.id);
        item->setData(Qt::AccessibleTextRole, chair.name);
        item->setToolTip(chair.name);
        item->setSizeHint({kThumbnail + 8, kThumbnail + 8});
    }
    showState();
}

void ChairsSection::setThumbnail(const QString& id, const QImage& image) {
    QImage onWhite(image.size(), QImage::Format_RGB32);
    onWhite.fill(Qt::white);
    QPainter(&onWhite).drawImage(0, 0, image);
    for (int row = 0; row < m_gallery->count(); ++row)
        if (m_gallery->item(row)->data(Qt::UserRole).toString() == id)
            m_gallery->item(row)->setIcon(QIcon(QPixmap::fromImage(onWhite)));
}

void ChairsSection::choose(int side, const QString& id) {
    m_store.changeOnce(u"chair"_s, tr("Choose a chair"), [side, id](CorrespondenceState& state) {
        (side == 0 ? state.from : state.to) = id;
        if (side == 0) state.mask = {};
    });
}

void ChairsSection::showState() {
    const CorrespondenceState& state = m_store.state();
    for (int side : {0, 1}) {
        QComboBox* box = m_sides[side];
        const QString& id = side == 0 ? state.from : state.to;
        if (box->findData(id) < 0 && styleGroupOf(id) == StyleGroup::New) box->addItem(styleName(id), id);
        box->setCurrentIndex(box->findData(id));
    }
    m_azimuth->setValue(double(state.view.azimuthDeg));
    m_elevation->setValue(double(state.view.elevationDeg));
}

}  // namespace vitrine
