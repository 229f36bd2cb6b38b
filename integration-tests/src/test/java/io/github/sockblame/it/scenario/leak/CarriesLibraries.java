// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.kind.FourKinds;
import java.io.IOException;
import java.util.Map;

/** Uses libraries that the agent uses too, in other versions, and says which ones it got. */
public final class CarriesLibraries {

    private CarriesLibraries() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        for (String mapper :
                new String[] {"com.fasterxml.jackson.databind.ObjectMapper", "tools.jackson.databind.ObjectMapper"}) {
            Class<?> type = Class.forName(mapper);
            Object instance = type.getConstructor().newInstance();
            System.out.println(mapper + " " + type.getMethod("version").invoke(instance) + " writes "
                    + type.getMethod("writeValueAsString", Object.class).invoke(instance, Map.of("fd", 5)));
        }
        Class<?> picocli = Class.forName("picocli.CommandLine");
        System.out.println("picocli " + picocli.getField("VERSION").get(null));
        Class<?> byteBuddy = Class.forName("net.bytebuddy.ByteBuddy");
        Object dynamic = byteBuddy.getConstructor().newInstance();
        System.out.println("Byte Buddy "
                + byteBuddy.getProtectionDomain().getCodeSource().getLocation() + " "
                + byteBuddy
                        .getMethod("ignore", Class.forName("net.bytebuddy.matcher.ElementMatcher"))
                        .getName()
                + dynamic.getClass().getName());
        FourKinds.main(arguments);
    }
}
