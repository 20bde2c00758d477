// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;
class QTableView;

namespace vitrine {

/// Gives the parts that Qt makes by itself a name that a screen reader can say: headings and corner of a
/// table, the small buttons in a line of text.
void nameParts(QTableView* table);
void nameButtons(QLineEdit* line);

}  // namespace vitrine
