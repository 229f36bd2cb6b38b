// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.Nullable;

/** The source of user and password for JMX servers. */
@FunctionalInterface
public interface CredentialSource {

    /** No user and no password. */
    CredentialSource NONE = () -> null;

    /** User and password; null for an anonymous connection. The method is called only for a JMX address, so that no other target prompts. */
    @Nullable Credentials credentials() throws CannotAnswerException;
}
