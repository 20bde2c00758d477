// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/network_service.h"

#include <algorithm>

namespace vitrine {

NetworkServiceBase::Question::Question(NetworkServiceBase& service, Answers answers) : m_answers(answers) {
    service.m_questions.push_back(this);
}

void NetworkServiceBase::Question::leave() {
    m_stop.request_stop();
    m_stop = {};
    m_answered = m_asked;
}

quint64 NetworkServiceBase::Question::begin() {
    if (m_answers == Answers::Newest) leave();
    return ++m_asked;
}

NetworkServiceBase::NetworkServiceBase(QObject* parent) : QObject(parent), m_worker(makeThreadWorker()) {}

NetworkServiceBase::~NetworkServiceBase() {
    m_worker.reset();  // joins while what its tasks post to is still a QObject
}

bool NetworkServiceBase::isIdle() const {
    return std::ranges::none_of(m_questions, &Question::isOpen);
}

void NetworkServiceBase::setState(State state) {
    m_state = state;
    Q_EMIT stateChanged();
}

quint64 NetworkServiceBase::beginOpening() {
    for (Question* question : m_questions)
        if (question->m_answers == Question::Answers::Newest) question->leave();
    const quint64 opening = ++*m_newestOpening;
    setState(State::Loading);
    return opening;
}

void NetworkServiceBase::endOpening(quint64 opening, const Error* error) {
    if (opening != *m_newestOpening) return;  // a newer file is being opened
    if (error) m_error = *error;
    setState(error ? State::Failed : State::Ready);
}

void NetworkServiceBase::checkIdle() {
    if (isIdle()) Q_EMIT idle();
}

}  // namespace vitrine
