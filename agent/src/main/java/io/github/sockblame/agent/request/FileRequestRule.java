// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.RequestFile;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether a file request is answered in a JVM that forbids attach (docs/decisions/0039). It is, if the user set {@code file.requests=true}
 * or if attach would fail in any case because too few descriptors are left.
 */
public final class FileRequestRule {

    private static final String DISABLED = "-XX:+DisableAttachMechanism";
    private static final String ENABLED = "-XX:-DisableAttachMechanism";

    private final boolean isSetByUser;
    private final Supplier<List<String>> jvmArguments;
    private boolean isAttachDisabled;

    /**
     * A rule for this JVM. It reads nothing yet.
     *
     * @param isSetByUser whether the user set the option {@code file.requests}
     * @param jvmArguments the options of the JVM
     */
    public FileRequestRule(boolean isSetByUser, Supplier<List<String>> jvmArguments) {
        this.isSetByUser = isSetByUser;
        this.jvmArguments = jvmArguments;
    }

    /** Reads the options of the JVM, once. If they cannot be read, attach counts as allowed. */
    void read() {
        try {
            for (String argument : jvmArguments.get()) { // the last one counts
                isAttachDisabled = argument.equals(DISABLED) || (isAttachDisabled && !argument.equals(ENABLED));
            }
        } catch (IllegalStateException e) {
            InternalErrors.count(e);
        }
    }

    /** Returns whether a request is answered while this many descriptors are open. */
    boolean allows(FileDescriptors now) {
        return !isAttachDisabled || isSetByUser || RequestFile.isTooLittleToAttach(now.open(), now.limit());
    }
}
