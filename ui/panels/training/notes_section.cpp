// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/notes_section.h"

#include <QSignalBlocker>

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kHeight = 84;
}

NotesSection::NotesSection(QWidget* parent) : QPlainTextEdit(parent) {
    setObjectName(u"training.notes"_s);
    setAccessibleName(tr("Notes"));
    setPlaceholderText(tr("What this run tries, and what you observed"));
    setTabChangesFocus(true);
    setFixedHeight(kHeight);
    setEnabled(false);
}

void NotesSection::show(const std::filesystem::path& run, const QString& notes) {
    if (run != m_run) {
        commit();
    } else if (notes == m_saved || hasFocus()) {
        return;
    }
    m_run = run;
    m_saved = notes;
    setEnabled(!run.empty());
    if (toPlainText() != notes) setPlainText(notes);
}

void NotesSection::commit() {
    if (m_run.empty() || toPlainText() == m_saved) return;
    m_saved = toPlainText();
    Q_EMIT notesEdited(m_run, m_saved);
}

void NotesSection::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    commit();
}

}  // namespace vitrine
