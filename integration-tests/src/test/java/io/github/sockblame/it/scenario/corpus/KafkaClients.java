// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's clients, and a broker that sends nothing. */
public final class KafkaClients {

    private static final int SEVERAL = 3;

    private KafkaClients() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Kafka clients", KafkaConsumer.class);
        cases.proper("a producer at rest", caseScope -> {
                    Peer broker = Peer.patient(caseScope.inetAddress());
                    return List.of(broker, producer(broker));
                })
                .proper("a producer whose broker leaves", caseScope -> {
                    Peer broker = Peer.patient(caseScope.inetAddress());
                    Object producer = producer(broker);
                    broker.close();
                    broker.leaveAll(1);
                    caseScope.awaitCloseWait(0);
                    return producer;
                })
                .proper("a consumer that polls on when its broker leaves", caseScope -> {
                    Peer broker = Peer.patient(caseScope.inetAddress());
                    Consumer<byte[], byte[]> consumer = polls(broker);
                    broker.close();
                    broker.leaveAll(1);
                    Thread polling = CaseScope.daemon(() -> {
                        while (!Thread.currentThread().isInterrupted()) {
                            Object unused = consumer.poll(Duration.ofMillis(100));
                        }
                        return null;
                    });
                    caseScope.awaitCloseWait(0);
                    return List.of(consumer, polling);
                })
                .proper("a consumer that is closed", caseScope -> {
                    Peer broker = Peer.patient(caseScope.inetAddress());
                    polls(broker).close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
                    return broker;
                })
                .leak(
                        SEVERAL + " consumers that poll no more and are never closed",
                        "ABANDONED",
                        "KafkaClients.polls",
                        caseScope -> {
                            Peer broker = Peer.patient(caseScope.inetAddress());
                            List<Object> consumers = new ArrayList<>();
                            for (int i = 0; i < SEVERAL; i++) {
                                consumers.add(polls(broker));
                            }
                            broker.endAll(SEVERAL);
                            caseScope.awaitCloseWait(SEVERAL);
                            return consumers;
                        });
        cases.stand();
    }

    private static String at(Peer broker) {
        InetSocketAddress address = broker.address();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static Producer<byte[], byte[]> producer(Peer broker) throws Exception {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", at(broker)), new ByteArraySerializer(), new ByteArraySerializer());
        CaseScope.daemon(() -> producer.partitionsFor("topic"));
        CaseScope.await("the producer's connection", broker::hasGuest);
        return producer;
    }

    private static Consumer<byte[], byte[]> polls(Peer broker) throws Exception {
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", at(broker)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition("topic", 0)));
        int before = broker.guests();
        do {
            Object unused = consumer.poll(Duration.ofMillis(20));
        } while (broker.guests() == before);
        return consumer;
    }
}
