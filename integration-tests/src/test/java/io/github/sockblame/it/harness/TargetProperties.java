// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import com.sun.tools.attach.VirtualMachine;
import java.util.Properties;

/** The system properties of another JVM. */
public final class TargetProperties {

    private TargetProperties() {}

    public static Properties of(long pid) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
        try {
            return jvm.getSystemProperties();
        } finally {
            jvm.detach();
        }
    }
}
