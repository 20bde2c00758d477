// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace vitrine {

/// The two papers and Vitrine as BibTeX; the same facts as CITATION.cff.
QString citationBibtex(const QString& version);

/// How to cite Vitrine and the papers whose networks it shows, to be copied. Thread: GUI.
class CitationWindow : public QDialog {
    Q_OBJECT
public:
    explicit CitationWindow(QWidget* parent = nullptr);

Q_SIGNALS:
    void copied();
};

}  // namespace vitrine
