// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A name and a password. No record, which would print the password among its components. */
public final class Credentials {

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final String user;
    private final String password;

    public Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** The password is the file's first line. A file that others can read is refused, as the JDK's own JMX server does. */
    public static Credentials fromFile(String user, Path file) throws CannotAnswerException {
        try {
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new CannotAnswerException(
                        "the password file " + file + " is not its owner's alone", "chmod 600 " + file);
            }
            return new Credentials(
                    user, Files.readString(file, UTF_8).lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot read the password file " + file + " (" + OutputFile.why(e) + ")", "name another one", e);
        }
    }

    String user() {
        return user;
    }

    /** As the connectors of the JDK take them (javax.management.remote.JMXConnector.CREDENTIALS). */
    String[] forJmx() {
        return new String[] {user, password};
    }
}
