// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.net.MalformedURLException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.remote.JMXServiceURL;

/**
 * The address of a JVM's own local JMX connector, as that JVM names it.
 *
 * <p>A JVM of another user may name anything: a directory service, a registry, another machine. So the viewer accepts one form only, the
 * one of the JDK ({@code ConnectorBootstrap.startLocalConnectorServer}): a serialized RMI stub. It reads the few fields of the stub without
 * deserializing it (Java Object Serialization Specification, chapter 6), because the JDK would connect to the endpoint of a stub already
 * while it deserializes. It writes the stub anew, with the loopback address as the host. The connector listens on all
 * addresses, so this one is right whatever {@code java.rmi.server.hostname} was in that JVM.
 */
final class StubAddress {

    private static final Pattern FORM = Pattern.compile("service:jmx:rmi://[^/]*/stub/([A-Za-z0-9+/]{1,4096}={0,2})");

    /** The class of the stub and those above it. */
    private static final List<String> CLASSES = List.of(
            "javax.management.remote.rmi.RMIServerImpl_Stub",
            "java.rmi.server.RemoteStub",
            "java.rmi.server.RemoteObject");

    /** A reference with an object number, without a socket factory of the client. */
    private static final String REFERENCE = "UnicastRef";

    /** The same in a form that may name such a factory. */
    private static final String REFERENCE_WITH_FORM = "UnicastRef2";

    private static final String LOOPBACK = "127.0.0.1";

    /** Object number, unique identifier of the other JVM (two numbers and a counter), and whether it is a result: java.rmi.server.ObjID. */
    private static final int OBJECT_ID_BYTES = Long.BYTES + Integer.BYTES + Long.BYTES + Short.BYTES + 1;

    private StubAddress() {}

    /**
     * The address to connect to.
     *
     * @param named what the JVM names
     * @throws IOException if it is another address than the stub of a local connector
     */
    static JMXServiceURL of(String named) throws IOException {
        Matcher form = FORM.matcher(named);
        if (!form.matches()) {
            throw new MalformedURLException("it is no stub of a local connector");
        }
        byte[] stub;
        try {
            stub = atLoopback(Base64.getDecoder().decode(form.group(1)));
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException(
                    "its stub has an unknown form: " + e.getMessage()); // without the cause: this is the reason
        }
        return new JMXServiceURL(
                "service:jmx:rmi://" + LOOPBACK + "/stub/" + Base64.getEncoder().encodeToString(stub));
    }

    /** Checks each byte of a serialized stub, and returns it with another host. */
    private static byte[] atLoopback(byte[] stub) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(stub));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        copyShort(in, out, ObjectStreamConstants.STREAM_MAGIC);
        copyShort(in, out, ObjectStreamConstants.STREAM_VERSION);
        copyByte(in, out, ObjectStreamConstants.TC_OBJECT);
        for (String name : CLASSES) {
            copyClass(in, out, name);
        }
        copyByte(in, out, ObjectStreamConstants.TC_NULL);
        copyByte(in, out, ObjectStreamConstants.TC_BLOCKDATA);
        byte[] reference = new byte[in.readUnsignedByte()];
        in.readFully(reference);
        byte[] changed = referenceAtLoopback(reference);
        out.writeByte(changed.length);
        out.write(changed);
        copyByte(in, out, ObjectStreamConstants.TC_ENDBLOCKDATA);
        if (in.read() >= 0) {
            throw new IOException("more than one object");
        }
        return bytes.toByteArray();
    }

    /** A class without fields. The last one writes its own data, the reference. */
    private static void copyClass(DataInputStream in, DataOutputStream out, String name) throws IOException {
        copyByte(in, out, ObjectStreamConstants.TC_CLASSDESC);
        if (!in.readUTF().equals(name)) {
            throw new IOException("not " + name);
        }
        out.writeUTF(name);
        out.writeLong(in.readLong()); // the serial version, which the JDK checks
        boolean isLast = name.equals(CLASSES.get(CLASSES.size() - 1));
        int writes = isLast ? ObjectStreamConstants.SC_WRITE_METHOD : 0;
        copyByte(in, out, (byte) (ObjectStreamConstants.SC_SERIALIZABLE | writes));
        copyShort(in, out, (short) 0);
        copyByte(in, out, ObjectStreamConstants.TC_ENDBLOCKDATA);
    }

    private static byte[] referenceAtLoopback(byte[] reference) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(reference));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        String kind = in.readUTF();
        if (!kind.equals(REFERENCE) && !kind.equals(REFERENCE_WITH_FORM)) {
            throw new IOException("another kind of reference");
        }
        out.writeUTF(kind);
        if (kind.equals(REFERENCE_WITH_FORM)) {
            copyByte(in, out, (byte) 0); // no socket factory
        }
        String unused = in.readUTF();
        out.writeUTF(LOOPBACK);
        int port = in.readInt();
        if (port < 1 || port > 0xffff) {
            throw new IOException("no port");
        }
        out.writeInt(port);
        byte[] objectId = in.readAllBytes();
        if (objectId.length != OBJECT_ID_BYTES) {
            throw new IOException("no object number");
        }
        out.write(objectId);
        return bytes.toByteArray();
    }

    private static void copyByte(DataInputStream in, DataOutputStream out, byte expected) throws IOException {
        if (in.readByte() != expected) {
            throw new IOException("another byte than " + expected);
        }
        out.writeByte(expected);
    }

    private static void copyShort(DataInputStream in, DataOutputStream out, short expected) throws IOException {
        if (in.readShort() != expected) {
            throw new IOException("other bytes than " + expected);
        }
        out.writeShort(expected);
    }
}
