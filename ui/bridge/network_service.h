// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <atomic>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/jobs/worker.h"

namespace vitrine {

/// What a service of a network is apart from the network's type. Thread: GUI.
class NetworkServiceBase : public QObject {
    Q_OBJECT
public:
    enum class State {
        Empty,  ///< nothing was opened yet
        Loading,
        Ready,
        Failed  ///< the newest file could not be opened; an earlier network may still answer
    };

    ~NetworkServiceBase() override;

    State state() const { return m_state; }
    /// Why the newest file could not be opened.
    const Error& error() const { return m_error; }
    /// Whether nothing waits for an answer.
    bool isIdle() const;

Q_SIGNALS:
    void stateChanged();
    /// A question has no answer.
    void failed(const vitrine::Error& error);
    /// The last question that waited is answered.
    void idle();

protected:
    /// A kind of question, a member of the service that asks it.
    class Question {
    public:
        enum class Answers {
            Newest,  ///< a newer question, or another network, stops an older one
            Every    ///< whatever is begun is delivered
        };
        explicit Question(NetworkServiceBase& service, Answers answers = Answers::Newest);
        Question(const Question&) = delete;
        Question& operator=(const Question&) = delete;

        /// The numbers of the newest that was asked and of the newest that was answered (or left), from 1.
        quint64 asked() const { return m_asked; }
        quint64 answered() const { return m_answered; }
        bool isOpen() const { return m_answered != m_asked; }
        /// Stops what was asked; it has no answer.
        void leave();
        /// Of the newest: stopped when nobody waits for its answer any more.
        std::stop_token stop() const { return m_stop.get_token(); }

    private:
        friend NetworkServiceBase;
        template <class, class>
        friend class NetworkService;
        quint64 begin();
        const Answers m_answers;
        quint64 m_asked = 0, m_answered = 0;
        std::stop_source m_stop;
    };
    enum class Turn {
        Next,    ///< before all that waits; of those that wait for it only the newest is begun
        InOrder  ///< after all that waits
    };

    explicit NetworkServiceBase(QObject* parent);
    /// Errors: Internal, with what was thrown as detail.
    template <class Work>
    static auto guarded(const char* message, const Work& work) -> decltype(work());
    void setState(State state);
    quint64 beginOpening();
    void endOpening(quint64 opening, const Error* error);
    void checkIdle();

    std::shared_ptr<std::atomic<quint64>> m_newestOpening = std::make_shared<std::atomic<quint64>>(0);
    std::unique_ptr<Worker> m_worker;

private:
    State m_state = State::Empty;
    Error m_error;
    std::vector<Question*> m_questions;
};

/// On the heap, for a service. Errors: those of Session::open.
template <class Session>
Result<std::unique_ptr<Session>> openSession(const std::filesystem::path& file) {
    VITRINE_TRY(Session session, Session::open(file));
    return std::make_unique<Session>(std::move(session));
}

/// Opens a network and asks it, off the GUI thread. Of files that are opened the newest wins; where one
/// cannot be opened, the network before it goes on answering. `Model`: what the GUI knows of the network,
/// made on the worker's thread from the session or from its info(). Thread: GUI; the session lives on the
/// worker's thread.
template <class Session, class Model = std::decay_t<decltype(std::declval<Session>().info())>>
class NetworkService : public NetworkServiceBase {
public:
    using Opener = std::function<Result<std::unique_ptr<Session>>(const std::filesystem::path& file)>;

    /// What the earlier network was asked has no answer, or has been answered by then.
    void open(const std::filesystem::path& file);
    /// Of the network that answers now.
    const std::optional<Model>& model() const { return m_model; }

protected:
    NetworkService(Opener opener, QObject* parent)
        : NetworkServiceBase(parent), m_opener(std::move(opener)) {}

    bool canAnswer() const { return m_model && state() != State::Loading; }
    /// Runs `work(session)` or `work(session, stop)` on the worker's thread, then `done(answer)` or
    /// `done(answer, latencyMs)` on this one, or failed(). `work` returns a Result; it may post to the
    /// service but not touch it. The question's number; 0 where no network can answer.
    template <class Work, class Done>
    quint64 ask(Question& question, Turn turn, Work work, Done done);
    /// The same, with a `take(result, latencyMs)` that takes errors, too.
    template <class Work, class Take>
    quint64 askFor(Question& question, Turn turn, Work work, Take take);

private:
    static Model describe(const Session& session) {
        if constexpr (std::is_constructible_v<Model, const Session&>)
            return Model(session);
        else
            return session.info();
    }

    Opener m_opener;
    std::shared_ptr<std::unique_ptr<Session>> m_session = std::make_shared<std::unique_ptr<Session>>();
    std::optional<Model> m_model;
};

template <class Work>
auto NetworkServiceBase::guarded(const char* message, const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& thrown) {
        return Error{ErrorCode::Internal, message, thrown.what()};
    }
}

template <class Session, class Model>
void NetworkService<Session, Model>::open(const std::filesystem::path& file) {
    const quint64 opening = beginOpening();
    m_worker->post([this, file, opening, newest = m_newestOpening, held = m_session, opener = m_opener](
                       std::stop_token) {
        if (*newest != opening) return;
        Result<Model> model = guarded("The model could not be opened.", [&]() -> Result<Model> {
            VITRINE_TRY(std::unique_ptr<Session> session, opener(file));
            Model described = describe(*session);
            *held = std::move(session);
            return described;
        });
        QMetaObject::invokeMethod(
            this,
            [this, opening, model = std::move(model)]() mutable {
                if (model) m_model = std::move(*model);
                endOpening(opening, model ? nullptr : &model.error());
            },
            Qt::QueuedConnection);
    });
}

template <class Session, class Model>
template <class Work, class Done>
quint64 NetworkService<Session, Model>::ask(Question& question, Turn turn, Work work, Done done) {
    return askFor(question, turn, std::move(work), [this, done](auto&& answer, double latencyMs) {
        if (!answer)
            Q_EMIT failed(answer.error());
        else if constexpr (std::is_same_v<std::decay_t<decltype(answer)>, Status>)
            done();
        else if constexpr (std::is_invocable_v<Done, decltype(std::move(*answer)), double>)
            done(std::move(*answer), latencyMs);
        else
            done(std::move(*answer));
    });
}

template <class Session, class Model>
template <class Work, class Take>
quint64 NetworkService<Session, Model>::askFor(Question& question, Turn turn, Work work, Take take) {
    if (!canAnswer()) return 0;
    const quint64 number = question.begin();
    QElapsedTimer timer;
    timer.start();
    Worker::Task task =
        [this, &question, number, timer, work, take, source = question.m_stop, held = m_session](
            const std::stop_token& end) {
            const std::stop_token stop = source.get_token();
            const std::stop_callback stopAtEnd(end, [source]() mutable { source.request_stop(); });
            if (stop.stop_requested()) return;
            auto answer = guarded("The network stopped with an error; try again or reopen it.", [&] {
                if constexpr (std::is_invocable_v<Work, Session&>)
                    return work(**held);
                else
                    return work(**held, stop);
            });
            QMetaObject::invokeMethod(
                this,
                [this, &question, number, timer, stop, take, answer = std::move(answer)]() mutable {
                    if (stop.stop_requested()) return;
                    question.m_answered = number;
                    take(std::move(answer), double(timer.nsecsElapsed()) / 1e6);
                    checkIdle();
                },
                Qt::QueuedConnection);
        };
    turn == Turn::Next ? m_worker->postLatest(std::move(task)) : m_worker->post(std::move(task));
    return number;
}

}  // namespace vitrine
