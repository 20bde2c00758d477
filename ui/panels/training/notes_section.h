// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <filesystem>

namespace vitrine {

/// The user's own words about a run. They are saved when the field is left.
class NotesSection : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit NotesSection(QWidget* parent = nullptr);

    /// What is being written stays, until the field is left. An empty path: no run.
    void show(const std::filesystem::path& run, const QString& notes);
    /// As if the field had been left.
    void commit();

Q_SIGNALS:
    void notesEdited(const std::filesystem::path& run, const QString& notes);

protected:
    void focusOutEvent(QFocusEvent* event) override;

private:
    std::filesystem::path m_run;
    QString m_saved;
};

}  // namespace vitrine
