// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A user and a password. It is not a record, because a record prints its components. */
public final class Credentials {

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final String user;
    private final String password;

    public Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** Reads the password from the first line of the file. It refuses a file that other users can read, as the JMX server of the JDK does. */
    public static Credentials fromFile(String user, Path file) throws CannotAnswerException {
        try {
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new CannotAnswerException(
                        "other users can access the password file " + file, "run chmod 600 " + file);
            }
            return new Credentials(
                    user, Files.readString(file, UTF_8).lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot read the password file " + file + " (" + OutputFile.why(e) + ")", "choose another file", e);
        }
    }

    String user() {
        return user;
    }

    /** In the form that the connectors of the JDK require (javax.management.remote.JMXConnector.CREDENTIALS). */
    String[] forJmx() {
        return new String[] {user, password};
    }
}
