// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/results_page.h"

namespace vitrine {

enum class FigureState { NotCompared, Same, Different };

/// What became of a figure of a stored table.
struct ComparedFigure {
    FigureState state = FigureState::NotCompared;
    std::string made = {};  ///< the cell made again; empty: not compared
};

/// A stored table beside what its command made again.
struct ResultComparison {
    std::vector<std::vector<ComparedFigure>> figures;  ///< one a cell of the stored table
    int numSame = 0, numDifferent = 0;
    int numNotCompared = 0;  ///< figures that are not the paper's and that the command did not print
};

/// Figures are the same if they agree in the places that both write. A figure is looked for by the words of
/// its row and its column, "test" and "PSNR (dB)": the cell made again that has them all and the fewest
/// others, if there is only one. Commands name rows and columns as they like; what is ambiguous is not
/// compared. The paper's figures never are.
ResultComparison compareResults(const MarkdownTable& stored, const std::vector<MarkdownTable>& made);
/// The stored table with the figures made again in their places; "-" where one was not compared.
MarkdownTable madeInPlace(const MarkdownTable& stored, const ResultComparison& comparison);

}  // namespace vitrine
