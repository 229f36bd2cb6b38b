// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's client of MQTT. */
public final class PahoClients {

    private PahoClients() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Paho", MqttClient.class);
        cases.proper("a client at rest", caseScope -> {
                    MqttBroker broker = new MqttBroker(caseScope);
                    return List.of(broker, connect(broker));
                })
                .proper("a client whose broker leaves", caseScope -> {
                    MqttBroker broker = new MqttBroker(caseScope);
                    MqttClient client = connect(broker);
                    broker.leaveAll();
                    CaseScope.await("the end of the connection", () -> !client.isConnected());
                    caseScope.awaitCloseWait(0);
                    return client;
                })
                .proper("disconnects", caseScope -> {
                    MqttBroker broker = new MqttBroker(caseScope);
                    MqttClient client = connect(broker);
                    client.disconnect();
                    client.close();
                    return broker;
                });
        cases.stand();
    }

    private static MqttClient connect(MqttBroker broker) throws MqttException {
        MqttClient client = new MqttClient(broker.uri(), "case", new MemoryPersistence());
        client.connect();
        return client;
    }
}
