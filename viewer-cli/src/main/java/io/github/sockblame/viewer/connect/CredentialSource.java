// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/** As whom a JMX server is asked. */
@FunctionalInterface
public interface CredentialSource {

    /** As nobody. */
    CredentialSource NONE = () -> null;

    /** Name and password; null if none are to be told. Asked for when they are needed: nobody has to type in vain. */
    @Nullable Credentials credentials() throws CannotAnswerException;
}
