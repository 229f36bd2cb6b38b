// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A user and a password. It is not a record, because a record prints its components. */
public final class Credentials {

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** The size of a file with one password is far below this. */
    private static final int MAX_BYTES = 4096;

    private final String user;
    private final String password;

    public Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** Reads the password from the first line of the file. It refuses a file that other users can read, as the JMX server of the JDK does. */
    public static Credentials fromFile(String user, Path file) throws CannotAnswerException {
        InputFile.check(file);
        try {
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new CannotAnswerException(
                        "other users can access the password file " + file, "run chmod 600 " + file);
            }
            return new Credentials(user, firstLine(file));
        } catch (CharacterCodingException e) {
            throw new CannotAnswerException(
                    "the password file " + file + " is not UTF-8 text", "choose another file", e);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "cannot read the password file " + file + " (" + why(e) + ")", "choose another file", e);
        }
    }

    private static String firstLine(Path file) throws IOException, CannotAnswerException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CannotAnswerException(
                        "the password file " + file + " is larger than " + MAX_BYTES + " bytes", "choose another file");
            }
            return Utf8.decode(bytes).lines().findFirst().orElse("");
        }
    }

    private static String why(IOException e) {
        return e instanceof NoSuchFileException ? "it does not exist" : OutputFile.why(e);
    }

    String user() {
        return user;
    }

    /** In the form that the connectors of the JDK require (javax.management.remote.JMXConnector.CREDENTIALS). */
    String[] forJmx() {
        return new String[] {user, password};
    }
}
