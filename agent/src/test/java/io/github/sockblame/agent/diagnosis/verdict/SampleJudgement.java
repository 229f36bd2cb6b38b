// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.culprit.CulpritFinders;
import io.github.sockblame.agent.join.JoinedSocket;

/** Judgements of single sockets. */
final class SampleJudgement {

    private SampleJudgement() {}

    /** By a place that has never closed one. */
    static Judgement of(JoinedSocket socket, Waiting waiting) {
        return of(socket, waiting, PlaceCloseStats.NONE);
    }

    /** By a place with these closes. */
    static Judgement of(JoinedSocket socket, Waiting waiting, PlaceCloseStats closes) {
        PlaceHistory places = new PlaceHistory(CulpritFinders.withKnownLibraries(), closes);
        return Judgement.of(socket, waiting, new ConnectionRules(socket, waiting, places));
    }
}
