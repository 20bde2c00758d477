// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/model_card_service.h"

#include <array>
#include <utility>

#include "ui/bridge/task_service.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

/// What is shown of a weight file's metadata, in this order.
constexpr std::array<std::pair<const char*, const char*>, 15> kFields{
    {{"architecture", QT_TRANSLATE_NOOP("Vitrine", "Architecture")},
     {"preset", QT_TRANSLATE_NOOP("Vitrine", "Preset")},
     {"variant", QT_TRANSLATE_NOOP("Vitrine", "Variant")},
     {"num_styles", QT_TRANSLATE_NOOP("Vitrine", "Styles")},
     {"num_classes", QT_TRANSLATE_NOOP("Vitrine", "Classes")},
     {"num_quadrants", QT_TRANSLATE_NOOP("Vitrine", "Observed quadrants")},
     {"taught", QT_TRANSLATE_NOOP("Vitrine", "Chairs it was taught")},
     {"taught_from_name", QT_TRANSLATE_NOOP("Vitrine", "Taught from")},
     {"taught_from", QT_TRANSLATE_NOOP("Vitrine", "SHA-256 of that file")},
     {"step", QT_TRANSLATE_NOOP("Vitrine", "Training steps")},
     {"seed", QT_TRANSLATE_NOOP("Vitrine", "Seed")},
     {"precision", QT_TRANSLATE_NOOP("Vitrine", "Precision of the training")},
     {"data_hash", QT_TRANSLATE_NOOP("Vitrine", "Hash of the training data")},
     {"config_hash", QT_TRANSLATE_NOOP("Vitrine", "Hash of the configuration")},
     {"licence", QT_TRANSLATE_NOOP("Vitrine", "Licence")}}};

QString metadataTable(const ModelCard& card) {
    QString rows;
    for (const auto& [key, label] : kFields) {
        const auto found = card.metadata.find(key);
        if (found == card.metadata.end() || found->second.empty()) continue;
        QString value = QString::fromStdString(found->second);
        rows += u"| %1 | %2 |\n"_s.arg(tr(label), value.replace(u'|', u"\\|"_s));
    }
    return rows.isEmpty() ? QString() : u"| %1 | %2 |\n|---|---|\n"_s.arg(tr("Field"), tr("Value")) + rows;
}

QString titleOf(const QString& weights) {
    return weights.section(u'/', -1).section(u'.', 0, -2);
}

}  // namespace

ModelCardPage pageOf(const ModelCard& card) {
    const QString weights = QString::fromStdString(card.weights.string());
    const QString markdown = card.file.empty()
                                 ? tr("There is no model card of these weights. The weight file says:") +
                                       u"\n\n"_s + metadataTable(card)
                                 : QString::fromStdString(card.markdown);
    return {titleOf(weights), weights, QString::fromStdString(card.weightsHash), markdown};
}

ModelCardService::ModelCardService(QObject* parent) : QObject(parent), m_tasks(new TaskService(this)) {}

void ModelCardService::read(const QString& weights, std::function<void(const ModelCardPage&)> done) {
    m_tasks->run([file = weights.toStdString()](std::stop_token) { return readModelCard(file); },
                 [weights, done = std::move(done)](const Result<ModelCard>& card) {
                     if (card) return done(pageOf(*card));
                     done({titleOf(weights), weights, {}, QString::fromStdString(card.error().message)});
                 });
}

}  // namespace vitrine
