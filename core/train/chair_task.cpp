// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/chair_task.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/folders.h"
#include "core/base/join.h"
#include "core/data/chair_catalogue.h"
#include "core/metrics/chair_metrics.h"
#include "core/metrics/shared_views.h"
#include "core/nets/cuda_module.h"
#include "core/runs/evenly_spread.h"

namespace vitrine {
namespace {

constexpr std::size_t kQuickViews = 128;  // of each kind, for the curves
constexpr std::size_t kSheetColumns = 12;
constexpr char kCritic[] = "critic";

/// Those that a training on knowledge transfer does not see of its targets.
std::vector<std::size_t> unseenTargetViews(const PackedChairs& data, const TransferViews& transfer) {
    const auto targets = transfer.targetIds();
    std::vector<std::size_t> unseen;
    for (std::size_t i = 0; i < data.views().size(); ++i)
        if (targets.contains(data.styleIds()[std::size_t(data.views()[i].styleIndex)]) &&
            !transfer.isGiven(data.views()[i]))
            unseen.push_back(i);
    return unseen;
}

/// The held-out views that choices are made on; all of them where a set has too few chairs for two splits.
std::vector<std::size_t> validationViews(const PackedChairs& data, const TransferViews& transfer) {
    if (transfer.isOn()) return unseenTargetViews(data, transfer);
    const auto heldOut = viewIndices(data, /*heldOut=*/true);
    std::vector<std::size_t> validation;
    for (const std::size_t index : heldOut)
        if (heldOutSplit(data.views()[index]) == HeldOutSplit::Validation) validation.push_back(index);
    return validation.empty() ? heldOut : validation;
}

/// Views of the chairs that a network is taught.
std::vector<std::size_t> addedViews(const PackedChairs& data, const ChairTrainConfig& config, bool heldOut) {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < data.views().size(); ++i)
        if (isKeptOut(data.views()[i], config) == heldOut) indices.push_back(i);
    return indices;
}

/// Errors: InvalidArgument (a target that the data set lacks, or of which it has no view to train on).
Status checkTargets(const PackedChairs& data, const TransferViews& transfer) {
    std::set<std::string> missing = transfer.targetIds();
    for (const PackedView& view : data.views())
        if (transfer.isGiven(view)) missing.erase(data.styleIds()[std::size_t(view.styleIndex)]);
    if (missing.empty()) return {};
    return Error{ErrorCode::InvalidArgument,
                 "targets names " + *missing.begin() +
                     ", of which the data set has no view on the grid; train on what data render --styles "
                     "transfer makes."};
}

/// In place: the last half of the styles on their way to others, so that morphs stay as they are, too.
/// Shapes: style [N, styles], shares [N] in [0, 0.5].
void mixLastHalf(torch::Tensor style, const torch::Tensor& shares) {
    const std::int64_t first = style.size(0) / 2;
    auto mixed = style.slice(0, first);
    mixed.copy_(torch::lerp(mixed, style.roll(1, 0).slice(0, first), shares.slice(0, first).unsqueeze(1)));
}

torch::Tensor squaredError(const torch::Tensor& difference) {
    return difference.square().sum() / double(difference.size(0));
}

/// Of differences between neighbours, right and below. A thin slat is mostly edge.
torch::Tensor edgeError(const torch::Tensor& difference) {
    return squaredError(difference.diff(1, 3)) + squaredError(difference.diff(1, 2));
}

void paste(Image& sheet, const torch::Tensor& premultiplied, int left, int top) {
    const auto shown = (premultiplied.slice(0, 0, 3) + 1 - premultiplied.slice(0, 3, 4))
                           .clamp(0, 1)
                           .mul(255)
                           .round()
                           .to(torch::kUInt8)
                           .permute({1, 2, 0})
                           .contiguous();
    for (int y = 0; y < shown.size(0); ++y)
        std::copy_n(shown.data_ptr<std::uint8_t>() + y * shown.size(1) * 3,
                    shown.size(1) * 3,
                    sheet.row(top + y) + left * 3);
}

}  // namespace

LossTerms chairLoss(const ChairImages& images, const torch::Tensor& target, const ChairTrainConfig& config) {
    const auto rgbDifference = images.rgb.to(torch::kFloat32) - target.slice(1, 0, 3);
    const auto maskDifference = images.mask.to(torch::kFloat32) - target.slice(1, 3);
    const auto rgb = squaredError(rgbDifference), mask = squaredError(maskDifference);
    LossTerms loss{config.rgbWeight * rgb + config.maskWeight * mask,
                   {{"rgbLoss", rgb.detach()}, {"maskLoss", mask.detach()}}};
    if (config.compositeWeight > 0) {  // rgb + (1 - mask) on white
        const auto composite = squaredError(rgbDifference - maskDifference.mean(1, /*keepdim=*/true));
        loss.total = loss.total + config.compositeWeight * composite;
        loss.parts.emplace_back("compositeLoss", composite.detach());
    }
    if (config.edgeWeight > 0) {
        const auto edges = edgeError(torch::cat({rgbDifference, maskDifference}, 1));
        loss.total = loss.total + config.edgeWeight * edges;
        loss.parts.emplace_back("edgeLoss", edges.detach());
    }
    return loss;
}

ChairTask::~ChairTask() = default;

Result<std::unique_ptr<ChairTask>> ChairTask::open(ChairTrainConfig config) {
    auto task = std::make_unique<ChairTask>(std::move(config));
    auto& data = task->m_config.settings.data;
    if (data.empty()) data = cacheFolder() / "chairs-128.vpack";
    VITRINE_TRY(PackedChairs packed, PackedChairs::open(data));
    task->m_data.emplace(std::move(packed));
    VITRINE_TRY(task->m_styles, StyleTable::make(task->m_data->styleIds()));
    if (task->m_config.distillation.isOn()) {
        VITRINE_TRY(task->m_teacher,
                    DistillationTeacher::open(task->m_config.settings.startFrom, *task->m_data));
        task->m_config.styleDimensions = task->m_teacher->options().styleDimensions;
    }
    for (const std::string& style : task->m_config.emphasisedStyles())
        if (std::ranges::find(task->m_data->styleIds(), style) == task->m_data->styleIds().end())
            return Error{ErrorCode::InvalidArgument,
                         "emphasised names " + style + ", which is no chair of the data set."};
    VITRINE_CHECK(checkTargets(*task->m_data, task->m_config.transfer));
    for (const auto& stage : task->m_config.stages) {
        VITRINE_TRY(const auto options, task->optionsOf(stage));
        if (options.imageSize() > task->m_data->size())
            return Error{
                ErrorCode::InvalidArgument,
                fmt::format(
                    "The preset {} makes larger pictures than the data set's {} pixels; render it larger.",
                    stage.preset,
                    task->m_data->size())};
    }
    return task;
}

Result<ChairGeneratorOptions> ChairTask::optionsOf(const ChairStage& stage) const {
    if (m_teacher) return m_teacher->options();
    VITRINE_TRY(
        auto options,
        ChairGeneratorOptions::fromPreset(stage.preset, std::int64_t(m_styles.styles.size()), stage.width));
    options.styleDimensions = m_config.styleDimensions;
    return options;
}

std::int64_t ChairTask::imagesPerEpoch() const {
    const std::int64_t batch = m_config.settings.batch,
                       numKept = m_teacher ? m_config.distillation.numIn(batch) : 0;
    return std::int64_t(trainedViews(*m_data, m_config).size()) * batch / (batch - numKept);
}

Result<std::shared_ptr<torch::nn::Module>> ChairTask::makeNetwork(std::size_t stage) const {
    VITRINE_TRY(const auto options, optionsOf(m_config.stages[stage]));
    ChairGenerator network(options);
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(m_config.settings.seed * 1000003 + stage);
    network->initialise(generator);
    if (m_config.stages[stage].mixCriticWeight > 0)
        network->register_module(kCritic, MixCritic(options.imageSize()))->initialise(generator);
    return std::shared_ptr<torch::nn::Module>(network.ptr());
}

Status ChairTask::begin(std::size_t stageIndex,
                        std::int64_t stageStart,
                        std::int64_t step,
                        std::shared_ptr<torch::nn::Module> network,
                        torch::Device device) {
    m_network = ChairGenerator(std::dynamic_pointer_cast<ChairGeneratorImpl>(network));
    m_device = device;
    if (m_teacher) {
        m_teacher->to(device);
        m_teacher->keepStyles(*m_network);
    }
    m_criticWeight = m_config.stages[stageIndex].mixCriticWeight;
    m_critic = m_criticWeight > 0
                   ? MixCritic(std::dynamic_pointer_cast<MixCriticImpl>(network->named_children()[kCritic]))
                   : nullptr;
    m_batches.reset();  // before the pictures it reads
    VITRINE_TRY(m_pictures, ChairPictures::make(*m_data, int(m_network->options.imageSize())));
    keepOnDevice();
    m_batches = std::make_unique<ChairBatchSource>(
        *m_data,
        *m_pictures,
        m_config,
        m_config.stages[stageIndex],
        stageStart,
        step,
        m_devicePictures.defined() ? Augmentation::OnDevice : Augmentation::OnCpu,
        m_teacher ? m_teacher->keptStyles() : std::vector<std::int64_t>());
    return {};
}

/// On a GPU with our module the whole set lies there as bytes, and theta is applied there.
void ChairTask::keepOnDevice() {
    m_devicePictures = torch::Tensor();
    if (!m_device.is_cuda() || !cudaModule()) return;
    const auto numViews = std::int64_t(m_data->views().size()), size = std::int64_t(m_pictures->size());
    auto* bytes = const_cast<std::uint8_t*>(m_pictures->at(0));
    m_devicePictures = torch::from_blob(bytes, {numViews, size, size, 4}, torch::kUInt8).to(m_device);
}

void ChairTask::fetch() {
    m_batch = m_batches->next();
    m_tensors = toTensors(m_batch);
}

ChairBatchTensors ChairTask::toTensors(ChairBatch& batch) const {
    const auto n = std::int64_t(batch.styles.size()), numViews = std::int64_t(batch.views.size()),
               size = std::int64_t(m_pictures->size());
    ChairBatchTensors tensors;
    tensors.style =
        m_styles.weights.index_select(0, torch::from_blob(batch.styles.data(), {n}, torch::kInt64))
            .to(m_device);
    tensors.view = encodeViews(torch::from_blob(batch.azimuthDeg.data(), {n}),
                               torch::from_blob(batch.elevationDeg.data(), {n}))
                       .to(m_device);
    tensors.theta = torch::from_blob(batch.theta.data(), {n, kThetaSize}).to(m_device);
    if (m_config.styleDimensions > 0)
        tensors.styleNoise =
            torch::from_blob(batch.styleNoise.data(), {n, m_config.styleDimensions}).to(m_device);
    tensors.mixShares = torch::from_blob(batch.mixShares.data(), {n}).to(m_device);
    if (numViews < n) mixLastHalf(tensors.style.slice(0, numViews), tensors.mixShares.slice(0, numViews));
    const auto pictures =
        m_devicePictures.defined()
            ? augmentOnDevice(m_devicePictures,
                              torch::from_blob(batch.views.data(), {numViews}, torch::kInt64),
                              tensors.theta.slice(0, 0, numViews))
            : torch::from_blob(batch.images.data(), {numViews, size, size, 4}).to(m_device);
    tensors.target = pictures.permute({0, 3, 1, 2});  // [V, 4, S, S]
    return tensors;
}

LossTerms ChairTask::loss() {
    const auto& batch = m_tensors;
    const ChairImages images = m_network->forward(batch.style, batch.view, batch.theta, batch.styleNoise);
    auto loss = chairLoss(images, targets(), m_config);
    if (m_config.styleDimensions > 0) addStyleDivergence(loss);
    if (m_critic) addMixCritic(loss, images);
    return loss;
}

/// Those of the data's views, then the start network's pictures. Shapes: [N, 4, S, S].
torch::Tensor ChairTask::targets() {
    const auto& batch = m_tensors;
    const std::int64_t numViews = batch.target.size(0);
    if (numViews == batch.style.size(0)) return batch.target;
    const auto kept = [numViews](const torch::Tensor& all) {
        return all.defined() ? all.slice(0, numViews) : all;
    };
    const auto pictures =
        m_teacher->pictures(kept(batch.style), kept(batch.view), kept(batch.theta), kept(batch.styleNoise));
    return torch::cat({batch.target, pictures}, 0);
}

std::function<double(const std::string&)> ChairTask::rateOf() const {
    if (!m_teacher) return {};
    const bool isOneHot = m_teacher->options().styleDimensions == 0;
    return [isOneHot, rates = m_config.distillation](const std::string& name) {
        const bool isStyle = isOneHot ? name == "style.fc_1.weight" : name.starts_with("style_");
        const bool isConvolution =
            name.find("uconv_") != std::string::npos || name.find("output") != std::string::npos;
        return isStyle ? rates.styleRate : isConvolution ? rates.convolutionRate : 1;
    };
}

/// The first quarter of the batch again, each on its way to the style of another sample.
void ChairTask::addMixCritic(LossTerms& loss, const ChairImages& images) {
    const std::int64_t count = std::max<std::int64_t>(m_tensors.style.size(0) / 4, 1);
    const auto first = [&](const torch::Tensor& all) { return all.slice(0, 0, count); };
    const auto shares = first(m_tensors.mixShares);
    const auto mixedStyle =
        torch::lerp(first(m_tensors.style), m_tensors.style.slice(0, -count), shares.unsqueeze(1));
    const ChairImages mixed = m_network->forward(mixedStyle, first(m_tensors.view), first(m_tensors.theta));
    const auto mixes = torch::cat({mixed.rgb, mixed.mask}, 1);
    const auto critic = criticLoss(*m_critic, torch::cat({images.rgb, images.mask}, 1), mixes, shares),
               generator = mixLoss(*m_critic, mixes);
    loss.total = loss.total + critic + m_criticWeight * generator;
    loss.parts.emplace_back("criticLoss", critic.detach());
    loss.parts.emplace_back("mixLoss", generator.detach());
}

bool ChairTask::isExported(const std::string& name) const {
    return !name.starts_with(std::string(kCritic) + ".");
}

void ChairTask::addStyleDivergence(LossTerms& loss) const {
    const auto style = m_network->styleGaussian(m_tensors.style);
    const auto zeros = torch::zeros_like(style.mean);
    const auto kl = klPerChannel(style, {zeros, zeros}).sum(1).mean();
    loss.total = loss.total + m_config.styleKlWeight * kl;
    loss.parts.emplace_back("styleKl", kl.detach());
}

std::vector<std::size_t> ChairTask::scoredViews(bool heldOut) const {
    const TransferViews& transfer = m_config.transfer;
    if (m_teacher) return addedViews(*m_data, m_config, heldOut);
    if (heldOut) return validationViews(*m_data, transfer);
    return transfer.isOn() ? trainedViews(*m_data, m_config) : viewIndices(*m_data, false);
}

Result<TaskScore> ChairTask::score() {
    const auto heldOut = evenlySpread(scoredViews(true), kQuickViews),
               trained = evenlySpread(scoredViews(false), kQuickViews);
    const auto picture = [this](std::size_t index) { return m_pictures->at(index); };
    const auto trainScore = scoreViews(m_network, m_data->views(), trained, picture);
    const auto heldOutScore = scoreViews(m_network, m_data->views(), heldOut, picture);
    TaskScore score;
    score.metrics = {{"trainPsnr", trainScore.psnr},
                     {"trainIou", trainScore.iou},
                     {"heldOutPsnr", heldOutScore.psnr},
                     {"heldOutIou", heldOutScore.iou}};
    if (m_teacher) {
        score.metrics["keptPsnr"] = m_teacher->agreement(m_network);
        score.metrics["startPsnr"] = scoreViews(m_teacher->network(), m_data->views(), heldOut, picture).psnr;
    }
    score.sheet = previewSheet(evenlySpread(heldOut, kSheetColumns), evenlySpread(trained, kSheetColumns));
    return score;
}

/// Rows: held-out truth, prediction, training truth, prediction.
Image ChairTask::previewSheet(const std::vector<std::size_t>& heldOut,
                              const std::vector<std::size_t>& trained) {
    const int size = m_pictures->size();
    Image sheet(size * int(kSheetColumns), size * 4, 3, 255);
    int row = 0;
    for (const auto* indices : {&heldOut, &trained}) {
        std::vector<PackedView> views;
        for (auto index : *indices) views.push_back(m_data->views()[index]);
        const auto predicted = views.empty() ? torch::Tensor() : predictViews(m_network, views);
        for (std::size_t i = 0; i < views.size(); ++i) {
            paste(sheet, viewTensor(m_pictures->at((*indices)[i]), size), int(i) * size, row * size);
            paste(sheet, predicted[std::int64_t(i)], int(i) * size, (row + 1) * size);
        }
        row += 2;
    }
    return sheet;
}

std::map<std::string, std::string> ChairTask::metadata() const {
    auto metadata = m_network->options.toMetadata();
    metadata["classes"] = joined(m_styles.styles);
    if (m_teacher) metadata.insert(m_teacher->origin().begin(), m_teacher->origin().end());
    if (m_config.transfer.isOn()) metadata["transfer"] = m_config.transfer.toText();
    return metadata;
}

}  // namespace vitrine
