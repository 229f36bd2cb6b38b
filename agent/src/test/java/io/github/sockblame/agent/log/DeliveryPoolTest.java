// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DeliveryPoolTest {

    private static final int BYTES = 10;

    private final DeliveryPool pool = new DeliveryPool("sockblame-test-pool", BYTES);

    @Test
    void eachReceiverHasItsThreadUpToALimit() {
        Set<DeliveryThread> threads = new HashSet<>();
        for (int i = 0; i < DeliveryPool.MOST_THREADS; i++) {
            assertThat(threads.add(pool.assign())).isTrue();
        }
        for (int i = 0; i < 3 * DeliveryPool.MOST_THREADS; i++) {
            assertThat(threads.add(pool.assign())).isFalse();
        }
    }

    @Test
    void threadOfAReceiverThatIsGoneIsUsedAgain() {
        DeliveryThread first = pool.assign();
        DeliveryThread second = pool.assign();
        pool.release(first);
        assertThat(pool.assign()).isSameAs(first).isNotSameAs(second);
    }

    @Test
    void endInterruptsEachStalledAction() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            pool.assign().submit(() -> stall(begun, new CountDownLatch(1)), BYTES);
        }
        begun.await();
        pool.end();
        assertThat(pool.await()).isTrue();
        assertThat(pool.busyMillis()).isZero();
    }

    @Test
    void lossIsCounted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DeliveryThread thread = pool.assign();
        thread.submit(() -> stall(begun, goOn), BYTES);
        begun.await();
        for (int i = 0; i < 3; i++) {
            thread.submit(begun::countDown, BYTES);
        }
        assertThat(pool.dropped()).isEqualTo(2);
        goOn.countDown();
        assertThat(pool.await()).isTrue();
    }

    private static void stall(CountDownLatch begun, CountDownLatch goOn) {
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            // the pool ended it
        }
    }
}
