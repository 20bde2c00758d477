// SPDX-License-Identifier: GPL-3.0-or-later
// Networks compute the same under OpenMP's limits. libgomp reads the limits when it is loaded, so the
// networks run in child processes of this test.
#include <torch/torch.h>

#include <QCoreApplication>
#include <QProcess>
#include <QtTest>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "core/nets/completion_nets.h"
#include "core/nets/compute.h"
#include "core/nets/fast_chair_generator.h"
#include "core/nets/fast_segmentation_net.h"
#include "tests/support/bfloat16.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using torch::Tensor;

namespace {

constexpr char kPrintFigures[] = "print-figures";

torch::Generator generator(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}
Tensor uniform(at::IntArrayRef shape) {
    return torch::rand(shape, generator(7));
}

/// One line for each tensor: its size, and a sum in which every element has a weight of its own.
void print(const std::string& name, const Tensor& tensor) {
    const Tensor values = tensor.detach().to(torch::kFloat64).flatten();
    const Tensor weights = torch::arange(values.numel(), torch::kFloat64).mul_(0.7).cos_().add_(2);
    std::printf("%s\t%.9g\t%.9g\n",
                name.c_str(),
                values.abs().max().item<double>(),
                (values.abs() * weights).sum().item<double>());
}

void printGradients(const std::string& name, torch::nn::Module& network, const Tensor& loss) {
    loss.backward();
    std::vector<Tensor> gradients;
    for (const Tensor& parameter : network.parameters())
        if (parameter.grad().defined()) gradients.push_back(parameter.grad().flatten());
    print(name, torch::cat(gradients));
}

ChairGenerator chairNetwork() {
    ChairGenerator network(ChairGeneratorOptions::fromPreset("compact-64", 8, 0.5).value());
    network->initialise(generator(3));
    return network;
}

void printFastChairs(ChairGenerator& network, torch::Dtype type) {
    const FastChairGenerator fast(*network, type);
    for (const std::int64_t batch : {1, 5, 16}) {
        const std::string name =
            "chairs, " + std::string(c10::toString(type)) + ", batch " + std::to_string(batch);
        const ChairImages images =
            fast.forward(uniform({batch, 8}), uniform({batch, 4}), uniform({batch, 8}));
        print(name, torch::cat({images.rgb, images.mask}, 1));
    }
}

void printChairs() {
    ChairGenerator network = chairNetwork();
    const ChairImages images = network->forward(uniform({6, 8}), uniform({6, 4}), uniform({6, 8}));
    print("chairs", images.rgb);
    printGradients("chairs, gradients", *network, images.rgb.square().mean() + images.mask.square().mean());
    printFastChairs(network, torch::kFloat32);
    if (test::cpuComputesBFloat16()) printFastChairs(network, torch::kBFloat16);
}

void printSegmentation() {
    SegmentationNetOptions options;
    options.variant = SegmentationVariant::Cvae;
    options.numClasses = 3;
    options.width = 0.5;
    SegmentationNet network(options);
    network->initialise(generator(4));
    const Tensor image = uniform({1, 3, 64, 64}), logits = network->forward(image);
    print("structured", logits);
    printGradients("structured, gradients", *network, logits.square().mean());
    network->eval();
    const FastSegmentationNet fast(network);
    const auto condition = fast.condition(image);
    print("structured, samples",
          fast.logits(condition, fast.latents(condition, fast.noise(condition, 0, 10, 9))));
}

void printQuadrants() {
    CompletionNetOptions options;
    options.numQuadrants = 1;
    CompletionNet network(options);
    network->initialise(generator(5));
    const Tensor images = uniform({64, 784});
    const Tensor logits = network->logitsOf(network->priorOf(images, network->guess(images)).mean);
    print("quadrants", logits);
    printGradients("quadrants, gradients", *network, logits.square().mean());
}

/// The child process. `numThreads` 0: the number is left to LibTorch, as in the window.
int printFigures(int numThreads) {
    if (numThreads > 0) setComputeThreads(numThreads);
    ChairGenerator network = chairNetwork();
    std::jthread([&] {
        printFastChairs(network, torch::kFloat32);
    }).join();  // made on one thread, run on another
    printChairs();
    printSegmentation();
    printQuadrants();
    return 0;
}

/// What the child process prints: a line is a name and two numbers. Empty where it fails.
QList<QStringList> figuresUnder(const QStringList& limits, int numThreads) {
    QProcess child;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto* name : {"OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OMP_DYNAMIC"})
        environment.remove(QString::fromLatin1(name));
    for (const QString& limit : limits)
        environment.insert(limit.section(QLatin1Char('='), 0, 0), limit.section(QLatin1Char('='), 1));
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(),
                {QString::fromLatin1(kPrintFigures), QString::number(numThreads)});
    if (!child.waitForFinished(300'000) || child.exitStatus() != QProcess::NormalExit ||
        child.exitCode() != 0)
        return {};
    QList<QStringList> lines;
    for (const QByteArray& line : child.readAllStandardOutput().split('\n'))
        if (!line.isEmpty()) lines.append(QString::fromUtf8(line).split(QLatin1Char('\t')));
    return lines;
}

/// bf16 keeps 8 bits, so that another order of the sums shows.
bool isNear(const QString& actual, const QString& expected) {
    const double a = actual.toDouble(), e = expected.toDouble();
    return std::isfinite(a) && std::abs(a - e) <= 0.01 * std::abs(e);
}

}  // namespace

class TestThreadLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_expected = figuresUnder({}, 1);
        QVERIFY(m_expected.size() > 10);
    }

    void networksComputeTheSame_data() {
        QTest::addColumn<QString>("limits");
        QTest::addColumn<int>("numThreads");
        // More than there are cores, so that OMP_DYNAMIC gives less.
        const int many = 2 * int(std::thread::hardware_concurrency()) + 1;
        for (const int numThreads : {0, many})
            for (const char* limits : {"OMP_THREAD_LIMIT=1",
                                       "OMP_DYNAMIC=true",
                                       "OMP_DYNAMIC=true OMP_THREAD_LIMIT=3",
                                       "OMP_MAX_ACTIVE_LEVELS=0"})
                QTest::addRow("%d threads, %s", numThreads, limits)
                    << QString::fromLatin1(limits) << numThreads;
    }
    void networksComputeTheSame() {
        QFETCH(QString, limits);
        QFETCH(int, numThreads);
        const auto figures = figuresUnder(limits.split(QLatin1Char(' '), Qt::SkipEmptyParts), numThreads);
        QCOMPARE(figures.size(), m_expected.size());
        for (int i = 0; i < figures.size(); ++i) {
            QCOMPARE(figures[i][0], m_expected[i][0]);
            for (const int number : {1, 2})
                QVERIFY2(isNear(figures[i][number], m_expected[i][number]),
                         qPrintable(figures[i].join(QLatin1Char(' ')) + QStringLiteral(" against ") +
                                    m_expected[i].join(QLatin1Char(' '))));
        }
    }

private:
    QList<QStringList> m_expected;
};

VITRINE_TEST(TestThreadLimits)
static const int addedChild =
    addTest(kPrintFigures, [](int, char** argv) { return printFigures(std::atoi(argv[1])); });
#include "tst_thread_limits.moc"
