// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.lang.invoke.VarHandle;
import java.security.ProtectionDomain;

/**
 * Gives all permissions to the code in the agent's jar, as the JDK gives them to its own code: the policy of a security
 * manager that the program sets later need not name the agent.
 *
 * <p>This adds nothing to what the agent may do, because {@code Instrumentation} can change any class. It adds nothing
 * to what the program may do either: code of the program that calls the agent keeps its own limits, except in the few
 * actions that the agent runs as privileged.
 */
public final class OwnDomain {

    private OwnDomain() {}

    /**
     * Gives them, for the life of the JVM. There must be no security manager yet, or one that permits this.
     *
     * @throws ReflectiveOperationException if this JDK has no such field; 17 to 23 have it
     */
    public static void grantAll(JdkAccess jdk) throws ReflectiveOperationException {
        VarHandle hasAll = jdk.field(ProtectionDomain.class, "hasAllPerm", boolean.class);
        hasAll.setVolatile(OwnDomain.class.getProtectionDomain(), true);
    }
}
