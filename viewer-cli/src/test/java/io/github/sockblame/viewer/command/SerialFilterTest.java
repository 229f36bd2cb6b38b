// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class SerialFilterTest {

    /** A class of another module, as a library on the class path has them. */
    private record Gadget() implements Serializable {}

    @Test
    void classesOfJmxPass() throws Exception {
        assertThat(readBack(new ObjectName("io.github.sockblame:type=Sockblame")))
                .hasToString("io.github.sockblame:type=Sockblame");
        assertThat(readBack(new ArrayList<>(List.of("a", 1)))).isEqualTo(List.of("a", 1));
    }

    @Test
    void otherClassesAndDeepNestingAreRefused() {
        assertThatThrownBy(() -> readBack(new Gadget())).isInstanceOf(InvalidClassException.class);
        assertThatThrownBy(() -> readBack(new ArrayList<>(List.of(new Gadget()))))
                .isInstanceOf(InvalidClassException.class);
        ArrayList<Object> nested = new ArrayList<>();
        for (int depth = 0; depth < 70; depth++) {
            nested = new ArrayList<>(List.of(nested));
        }
        Object deepest = nested;
        assertThatThrownBy(() -> readBack(deepest)).isInstanceOf(InvalidClassException.class);
    }

    @SuppressWarnings("BanSerializableRead") // the filter is what is tested
    private static Object readBack(Object sent) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.setObjectInputFilter(SockblameCommand.serialFilter());
            return in.readObject();
        }
    }
}
