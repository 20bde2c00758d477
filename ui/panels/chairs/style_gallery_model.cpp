// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/style_gallery_model.h"

#include <QFileInfo>
#include <QMimeData>
#include <algorithm>

#include "core/data/style_ids.h"
#include "core/recipe/drawn_style.h"
#include "core/render/chair_family.h"
#include "ui/shell/chair_drag.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

StyleItem itemOf(const ChairEntry& entry) {
    StyleItem item;
    item.id = QString::fromStdString(entry.id);
    item.name = entry.name.empty() ? item.id : QString::fromStdString(entry.name);
    item.type = QString::fromStdString(entry.type);
    item.creator = QString::fromStdString(entry.creator);
    item.licence = QString::fromStdString(entry.licence);
    item.archive = entry.archive.empty()
                       ? StyleGalleryModel::tr("Your files")
                       : QFileInfo(QString::fromStdString(entry.archive)).completeBaseName();
    item.entry = entry;
    return item;
}

/// A style that only the network knows.
StyleItem itemOf(const QString& id) {
    StyleItem item;
    item.id = id;
    item.name = styleName(id);
    item.group = styleGroupOf(id);
    if (const auto number = familyNumber(id.toStdString()))
        item.type = QString::fromStdString(sampleFamilyShape(*number).build.type);
    return item;
}

/// Group by group, the family by number.
std::pair<StyleGroup, std::uint64_t> orderOf(const StyleItem& item) {
    return {item.group, familyNumber(item.id.toStdString()).value_or(0)};
}

}  // namespace

StyleGalleryModel::StyleGalleryModel(QObject* parent) : QAbstractListModel(parent) {}

void StyleGalleryModel::setContent(const std::vector<ChairEntry>& entries,
                                   const std::vector<std::string>& networkStyleIds) {
    beginResetModel();
    m_items.clear();
    m_hasNetwork = !networkStyleIds.empty();
    m_rows.clear();
    const auto add = [this](StyleItem item) {
        m_rows.insert(item.id, int(m_items.size()));
        m_items.push_back(std::move(item));
    };
    for (const ChairEntry& entry : entries) add(itemOf(entry));
    std::vector<StyleItem> others;
    for (std::size_t i = 0; i < networkStyleIds.size(); ++i) {
        const QString id = QString::fromStdString(networkStyleIds[i]);
        const int row = m_rows.value(id, -1);
        StyleItem& item = row < 0 ? others.emplace_back(itemOf(id)) : m_items[std::size_t(row)];
        item.styleIndex = int(i);
    }
    std::ranges::stable_sort(others, {}, orderOf);
    for (StyleItem& item : others) add(std::move(item));
    m_newChairs.clear();
    endResetModel();
}

void StyleGalleryModel::setNewChairs(const std::vector<int>& seeds) {
    if (seeds == m_newChairs) return;
    const int numOld = int(m_newChairs.size()), first = int(m_items.size()) - numOld;
    if (numOld > 0) {
        beginRemoveRows({}, first, first + numOld - 1);
        for (int row = first; row < first + numOld; ++row) m_rows.remove(m_items[std::size_t(row)].id);
        m_items.resize(std::size_t(first));
        endRemoveRows();
    }
    m_newChairs = seeds;
    if (seeds.empty()) return;
    beginInsertRows({}, first, first + int(seeds.size()) - 1);
    for (int seed : seeds) {
        StyleItem item = itemOf(QString::fromStdString(drawnStyleId(seed)));
        item.styleIndex = kFirstDrawnStyle + seed;
        m_rows.insert(item.id, int(m_items.size()));
        m_items.push_back(std::move(item));
    }
    endInsertRows();
}

void StyleGalleryModel::pictureChanged(const QString& id) {
    const int row = m_rows.value(id, -1);
    if (row >= 0) Q_EMIT dataChanged(index(row), index(row), {Qt::DecorationRole});
}

void StyleGalleryModel::setThumbnail(const QString& id, const QImage& image) {
    m_thumbnails.insert(id, image);
    pictureChanged(id);
}

void StyleGalleryModel::setPainted(const QString& id, const QImage& image) {
    m_painted.insert(id, image);
    pictureChanged(id);
}

void StyleGalleryModel::forgetPainted() {
    if (m_painted.isEmpty()) return;
    m_painted.clear();
    if (m_items.empty()) return;
    Q_EMIT dataChanged(index(0), index(int(m_items.size()) - 1), {Qt::DecorationRole});
}

void StyleGalleryModel::setSlots(const std::array<QString, 4>& ids) {
    if (ids == m_slots) return;
    m_slots = ids;
    if (!m_items.empty())
        Q_EMIT dataChanged(index(0), index(int(m_items.size()) - 1), {SlotsRole, Qt::AccessibleTextRole});
}

const StyleItem* StyleGalleryModel::item(const QString& id) const {
    const int row = m_rows.value(id, -1);
    return row < 0 ? nullptr : &m_items[std::size_t(row)];
}

QString StyleGalleryModel::nameOf(const QString& id) const {
    const StyleItem* found = item(id);
    return found ? found->name : styleName(id);
}

const ChairEntry* StyleGalleryModel::realChair(const QString& id) const {
    if (const StyleItem* found = item(id); found && found->entry) return &*found->entry;
    const auto number = familyNumber(id.toStdString());
    if (!number) return nullptr;
    auto known = m_family.find(id);
    if (known == m_family.end()) known = m_family.insert(id, familyChair(*number));
    return &*known;
}

int StyleGalleryModel::numOf(StyleGroup group) const {
    return int(std::ranges::count(m_items, group, &StyleItem::group));
}

QStringList StyleGalleryModel::distinct(QString StyleItem::*field) const {
    QStringList values;
    for (const StyleItem& item : m_items) {
        if (!(item.*field).isEmpty() && !values.contains(item.*field)) values.append(item.*field);
    }
    values.sort(Qt::CaseInsensitive);
    return values;
}

QString StyleGalleryModel::slotLetters(const QString& id) const {
    QString letters;
    for (std::size_t slot = 0; slot < m_slots.size(); ++slot) {
        if (m_slots[slot] == id) letters += QChar(u'A' + int(slot));
    }
    return letters;
}

QString StyleGalleryModel::tipOf(const StyleItem& item) const {
    QStringList lines{u"<b>"_s + item.name.toHtmlEscaped() + u"</b>"_s};
    if (!item.creator.isEmpty()) lines << tr("by %1, %2").arg(item.creator, item.licence).toHtmlEscaped();
    if (!item.archive.isEmpty()) lines << item.archive.toHtmlEscaped();
    if (item.group == StyleGroup::Family)
        lines << tr("A chair of the parametric family, which augments the training set.");
    if (item.group == StyleGroup::New)
        lines << tr("A chair that does not exist: a random style mixed with neighbouring styles, drawn with "
                    "seed %1.")
                     .arg(*drawnStyleSeed(item.id.toStdString()));
    if (m_hasNetwork && item.styleIndex < 0)
        lines << tr("The open model was not trained on this chair: only its real picture can be shown.");
    lines << tr("Click: A. Shift+click: B. Drag onto a slot, or right-click, for C and D.");
    return lines.join(u"<br>"_s);
}

int StyleGalleryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant StyleGalleryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= int(m_items.size())) return {};
    const StyleItem& item = m_items[std::size_t(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return item.name;
        case Qt::DecorationRole:
            return thumbnail(item.id);
        case Qt::ToolTipRole:
            return tipOf(item);
        case Qt::AccessibleTextRole: {
            const QString letters = slotLetters(item.id);
            return letters.isEmpty() ? item.name : tr("%1, in slot %2").arg(item.name, letters);
        }
        case IdRole:
            return item.id;
        case TypeRole:
            return item.type;
        case CreatorRole:
            return item.creator;
        case LicenceRole:
            return item.licence;
        case ArchiveRole:
            return item.archive;
        case StyleIndexRole:
            return item.styleIndex;
        case UnknownRole:
            return m_hasNetwork && item.styleIndex < 0;
        case GroupRole:
            return int(item.group);
        case SlotsRole:
            return slotLetters(item.id);
        default:
            return {};
    }
}

Qt::ItemFlags StyleGalleryModel::flags(const QModelIndex& index) const {
    return QAbstractListModel::flags(index) | (index.isValid() ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QStringList StyleGalleryModel::mimeTypes() const {
    return {QString::fromLatin1(kStyleMimeType)};
}

QMimeData* StyleGalleryModel::mimeData(const QModelIndexList& indexes) const {
    if (indexes.isEmpty()) return nullptr;
    const StyleItem& item = itemAt(indexes.first().row());
    auto* mime = new QMimeData;
    mime->setData(QString::fromLatin1(kStyleMimeType), item.id.toUtf8());
    addToDrag(*mime, {item.name, thumbnail(item.id)});
    return mime;
}

void StyleFilterModel::setSearch(const QString& text) {
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void StyleFilterModel::setGroup(StyleGroup group) {
    if (group == m_group) return;
    m_group = group;
    invalidateFilter();
}

void StyleFilterModel::setType(const QString& type) {
    m_type = type;
    invalidateFilter();
}

void StyleFilterModel::setArchive(const QString& archive) {
    m_archive = archive;
    invalidateFilter();
}

void StyleFilterModel::setLicence(const QString& licence) {
    m_licence = licence;
    invalidateFilter();
}

bool StyleFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto text = [&index](int role) { return index.data(role).toString(); };
    if (m_group != StyleGroup::All && index.data(StyleGalleryModel::GroupRole).toInt() != int(m_group))
        return false;
    if (!m_type.isEmpty() && text(StyleGalleryModel::TypeRole) != m_type) return false;
    if (!m_archive.isEmpty() && text(StyleGalleryModel::ArchiveRole) != m_archive) return false;
    if (!m_licence.isEmpty() && text(StyleGalleryModel::LicenceRole) != m_licence) return false;
    const QString all = text(Qt::DisplayRole) + u' ' + text(StyleGalleryModel::IdRole) + u' ' +
                        text(StyleGalleryModel::TypeRole) + u' ' + text(StyleGalleryModel::CreatorRole);
    return std::all_of(m_words.begin(), m_words.end(), [&all](const QString& word) {
        return all.contains(word, Qt::CaseInsensitive);
    });
}

}  // namespace vitrine
