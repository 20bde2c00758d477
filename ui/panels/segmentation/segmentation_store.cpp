// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_store.h"

#include <QPointer>

namespace vitrine {

using namespace Qt::StringLiterals;

void SegmentationStore::change(const QString& key, const QString& text, const Edit& edit) {
    SegmentationState after = m_state;
    edit(after);
    // The stack may outlive the panel.
    m_undo.set(u"segmentation."_s + key,
               text,
               m_state,
               after,
               [store = QPointer(this)](const SegmentationState& state) {
                   if (store) store->apply(state);
               });
}

void SegmentationStore::changeOnce(const QString& key, const QString& text, const Edit& edit) {
    m_undo.endGesture();
    change(key, text, edit);
    m_undo.endGesture();
}

void SegmentationStore::apply(const SegmentationState& state) {
    m_state = state;
    Q_EMIT changed();
}

}  // namespace vitrine
