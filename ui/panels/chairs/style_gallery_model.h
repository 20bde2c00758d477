// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <QSortFilterProxyModel>
#include <array>
#include <optional>
#include <vector>

#include "core/data/chair_catalogue.h"
#include "ui/bridge/style_names.h"
#include "ui/shell/chair_drag.h"

namespace vitrine {

/// A chair of the gallery: out of the catalogue, of the network, or both.
struct StyleItem {
    QString id;
    QString name;
    QString type;
    QString creator;
    QString licence;
    QString archive;
    StyleGroup group = StyleGroup::Catalogue;
    int styleIndex = -1;              ///< of the network; -1: it was not trained on it
    std::optional<ChairEntry> entry;  ///< of the catalogue: there is a real chair to render
};

/// The styles there are. Drags carry the id as kStyleMimeType, and the thumbnail as a DraggedChair.
class StyleGalleryModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        TypeRole,
        CreatorRole,
        LicenceRole,
        ArchiveRole,
        StyleIndexRole,
        SlotsRole,
        UnknownRole,
        GroupRole  ///< int(StyleGroup)
    };

    explicit StyleGalleryModel(QObject* parent = nullptr);

    /// Chairs of the catalogue, then styles that only the network knows.
    /// Without a network no chair stands back for being unknown to it.
    void setContent(const std::vector<ChairEntry>& entries, const std::vector<std::string>& networkStyleIds);
    /// Chairs drawn by seed, the newest first, after all others.
    void setNewChairs(const std::vector<int>& seeds);
    void setThumbnail(const QString& id, const QImage& image);
    /// What a network painted where there is no other picture; another network paints it anew.
    void setPainted(const QString& id, const QImage& image);
    void forgetPainted();
    QImage thumbnail(const QString& id) const { return m_thumbnails.value(id, m_painted.value(id)); }
    /// Which chair is in which slot ("" = none), shown as badges.
    void setSlots(const std::array<QString, 4>& ids);

    const StyleItem* item(const QString& id) const;
    /// The chair to render for a style: of the catalogue or of the parametric family. None for others.
    const ChairEntry* realChair(const QString& id) const;
    const StyleItem& itemAt(int row) const { return m_items[std::size_t(row)]; }
    /// The chair's name; the id where it is unknown.
    QString nameOf(const QString& id) const;
    QStringList types() const { return distinct(&StyleItem::type); }
    QStringList licences() const { return distinct(&StyleItem::licence); }
    QStringList archives() const { return distinct(&StyleItem::archive); }
    int numOf(StyleGroup group) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

private:
    QStringList distinct(QString StyleItem::*field) const;
    QString slotLetters(const QString& id) const;
    void pictureChanged(const QString& id);
    QString tipOf(const StyleItem& item) const;

    std::vector<StyleItem> m_items;
    QHash<QString, int> m_rows;
    QHash<QString, QImage> m_thumbnails;
    QHash<QString, QImage> m_painted;
    mutable QHash<QString, ChairEntry> m_family;  ///< those that were asked for
    std::array<QString, 4> m_slots;
    bool m_hasNetwork = false;
    std::vector<int> m_newChairs;
};

/// Search and filters over the gallery; empty = everything.
class StyleFilterModel : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit StyleFilterModel(QObject* parent = nullptr) : QSortFilterProxyModel(parent) {}
    /// All words must occur in name, id, type or creator.
    void setSearch(const QString& text);
    void setGroup(StyleGroup group);
    StyleGroup group() const { return m_group; }
    void setType(const QString& type);
    void setArchive(const QString& archive);
    void setLicence(const QString& licence);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_words;
    StyleGroup m_group = StyleGroup::All;
    QString m_type;
    QString m_archive;
    QString m_licence;
};

}  // namespace vitrine
