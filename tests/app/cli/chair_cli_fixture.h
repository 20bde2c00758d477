// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QtTest>
#include <memory>

#include "core/io/png.h"
#include "core/recipe/recipe.h"
#include "tests/support/cli_run.h"
#include "tests/support/random_chair_model.h"

namespace vitrine::test {

/// Two tiny models of chairs and a folder for what the commands write.
class ChairCliFixture {
public:
    ChairCliFixture() {
        RandomChairModel model;
        model.styleIds = {"windsor-chair", "office-chair", "bar-stool", "garden-bench", "sofa"};
        writeRandomChairModel(m_model.toStdString(), model);
        model.styleDimensions = 6;
        writeRandomChairModel(m_gaussian.toStdString(), model);
    }

protected:
    void makeFolder() { m_folder = std::make_unique<QTemporaryDir>(); }
    QString at(const char* name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    /// Runs a chair command with the tiny model.
    Answer withModel(QStringList arguments) const {
        return run(arguments << QStringLiteral("--model") << m_model);
    }
    static ChairRecipe recipeOfFile(const QString& file) {
        const auto text = readPngRecipe(file.toStdString());
        return *recipeFromJson(text->value());
    }

    QTemporaryDir m_models;
    const QString m_model = m_models.filePath(QStringLiteral("tiny.safetensors"));
    const QString m_gaussian = m_models.filePath(QStringLiteral("gaussian.safetensors"));
    std::unique_ptr<QTemporaryDir> m_folder;
};

}  // namespace vitrine::test
