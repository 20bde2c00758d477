// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cuda/graph_painter.h"

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <cstring>
#include <map>

namespace vitrine::cuda {
namespace {

using torch::Tensor;

constexpr int kWarmUps = 3;  // cuBLAS and cuDNN set themselves up, which a capture does not allow

/// One batch size. The graph is the whole frame: inputs there, forward pass, composition, pictures back. Its addresses are those
/// of the buffers here. Copies are CUDA's own calls: LibTorch's would record events, which throw when the device is lost.
class Frame {
public:
    Frame(std::int64_t batch, std::int64_t numInputs, std::int64_t imageSize)
        : m_inputs(pinned({batch, numInputs}, torch::kFloat32)),
          m_pictures(pinned({batch, imageSize, imageSize, 4}, torch::kUInt8)),
          m_notFinite(pinned({1}, torch::kInt32)),
          m_inputsThere(at::empty({batch, numInputs}, torch::TensorOptions(torch::kCUDA).dtype(torch::kFloat32))) {
        m_inputs.zero_();
    }

    /// The current stream must not be the default one.
    void capture(const FrameWork& work, c10::MempoolId_t pool) {
        for (int i = 0; i < kWarmUps; ++i) queue(work);
        c10::cuda::getCurrentCUDAStream().synchronize();
        m_graph.capture_begin(pool, cudaStreamCaptureModeThreadLocal);
        try {
            queue(work);
        } catch (...) {
            abandonCapture();
            throw;
        }
        m_graph.capture_end();
    }

    bool paint(const Tensor& inputs, std::span<std::uint8_t> out) {
        std::memcpy(m_inputs.data_ptr(), inputs.const_data_ptr(), m_inputs.nbytes());
        m_graph.replay();
        c10::cuda::getCurrentCUDAStream().synchronize();
        std::memcpy(out.data(), m_pictures.const_data_ptr(), m_pictures.nbytes());
        return *m_notFinite.const_data_ptr<int>() == 0;
    }

    std::size_t numBytes() const { return m_pictures.nbytes(); }

private:
    static Tensor pinned(at::IntArrayRef shape, torch::Dtype type) { return at::empty(shape, torch::TensorOptions(type).pinned_memory(true)); }

    void queue(const FrameWork& work) {
        copy(m_inputsThere, m_inputs, cudaMemcpyHostToDevice);
        const ComposedPictures composed = work(m_inputsThere);
        copy(m_pictures, composed.pictures, cudaMemcpyDeviceToHost);
        copy(m_notFinite, composed.notFinite, cudaMemcpyDeviceToHost);
    }

    static void copy(const Tensor& to, const Tensor& from, cudaMemcpyKind kind) {
        C10_CUDA_CHECK(cudaMemcpyAsync(to.data_ptr(), from.const_data_ptr(), to.nbytes(), kind, c10::cuda::getCurrentCUDAStream()));
    }

    /// A stream left capturing would refuse all later work; why it failed is already on its way.
    void abandonCapture() noexcept {
        try {
            m_graph.capture_end();
        } catch (const std::exception&) {
        }
    }

    Tensor m_inputs, m_pictures, m_notFinite;  ///< pinned, on the host
    Tensor m_inputsThere;
    at::cuda::CUDAGraph m_graph;
};

class Painter final : public GraphPainter {
public:
    Painter(FrameWork work, std::int64_t numInputs, std::int64_t imageSize, std::int64_t pass)
        : m_work(std::move(work)),
          m_numInputs(numInputs),
          m_imageSize(imageSize),
          m_stream(c10::cuda::getStreamFromPool(/*isHighPriority=*/true)),
          m_pool(at::cuda::graph_pool_handle()) {
        c10::cuda::device_synchronize();  // the weights came by another stream
        const PlainMode mode(m_stream);
        frameFor(1);
        frameFor(pass);
    }

    bool paint(const Tensor& inputs, std::span<std::uint8_t> out) override {
        const PlainMode mode(m_stream);
        const Tensor numbers = inputs.to(torch::kCPU, torch::kFloat32).contiguous();
        TORCH_CHECK(numbers.dim() == 2 && numbers.size(1) == m_numInputs, "GraphPainter: inputs are ", numbers.sizes(), ", expected [N, ",
                    m_numInputs, "]");
        Frame& frame = frameFor(numbers.size(0));
        TORCH_CHECK(out.size() == frame.numBytes(), "GraphPainter: ", out.size(), " bytes for ", frame.numBytes());
        return frame.paint(numbers, out);
    }

private:
    /// Work goes to the painter's stream. No inference mode: what a graph allocates would stay bound to it.
    struct PlainMode {
        explicit PlainMode(c10::cuda::CUDAStream stream) : stream(stream) {}
        c10::InferenceMode off{false};
        torch::NoGradGuard noGrad;
        c10::cuda::CUDAStreamGuard stream;
    };

    Frame& frameFor(std::int64_t batch) {
        if (const auto found = m_frames.find(batch); found != m_frames.end()) return *found->second;
        auto frame = std::make_unique<Frame>(batch, m_numInputs, m_imageSize);
        frame->capture(m_work, m_pool);
        return *(m_frames[batch] = std::move(frame));
    }

    FrameWork m_work;
    std::int64_t m_numInputs, m_imageSize;
    c10::cuda::CUDAStream m_stream;
    c10::MempoolId_t m_pool;  ///< one for all graphs: they run one after the other
    std::map<std::int64_t, std::unique_ptr<Frame>> m_frames;  ///< by batch size
};

}  // namespace

std::unique_ptr<GraphPainter> makeGraphPainter(FrameWork work, std::int64_t numInputs, std::int64_t imageSize, std::int64_t pass) {
    return std::make_unique<Painter>(std::move(work), numInputs, imageSize, pass);
}

}  // namespace vitrine::cuda
