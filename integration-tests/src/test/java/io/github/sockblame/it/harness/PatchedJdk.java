// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JDK in which members have other names, as they may have in one that is not written yet. */
public final class PatchedJdk {

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private final TargetJdk jdk;
    private final Path folder;

    public PatchedJdk(TargetJdk jdk) throws IOException {
        this.jdk = jdk;
        this.folder = TestEnvironment.newFolder("patch");
    }

    /** Gives another name to whatever has this one in a class of {@code java.base}. */
    public PatchedJdk renaming(String type, String from, String to) throws IOException {
        Path file = folder.resolve(type + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, renamed(classFile(type), from, to));
        return this;
    }

    public List<String> arguments() {
        return List.of("--patch-module", "java.base=" + folder);
    }

    private byte[] classFile(String type) throws IOException {
        try (FileSystem image = FileSystems.newFileSystem(
                URI.create("jrt:/"), Map.of("java.home", jdk.home().toString()))) {
            return Files.readAllBytes(image.getPath("/modules/java.base/" + type + ".class"));
        }
    }

    /** Copies the file, and changes one string of its constant pool (JVMS 4.4). */
    private static byte[] renamed(byte[] classFile, String from, String to) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(in.readLong()); // magic number and version
        int constants = in.readUnsignedShort();
        out.writeShort(constants);
        int found = 0;
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8) {
                String text = in.readUTF();
                found += text.equals(from) ? 1 : 0;
                out.writeUTF(text.equals(from) ? to : text);
            } else {
                out.write(in.readNBytes(length(tag)));
            }
            i += tag == LONG || tag == DOUBLE ? 1 : 0;
        }
        if (found != 1) {
            throw new IOException("no " + from + " in it");
        }
        out.write(in.readAllBytes());
        return bytes.toByteArray();
    }

    private static int length(int tag) throws IOException {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            default -> throw new IOException("a constant of kind " + tag);
        };
    }
}
