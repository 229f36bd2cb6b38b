// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.NettyHookTable;
import io.github.sockblame.agent.instrument.weave.Weaver;
import io.github.sockblame.agent.log.InternalErrors;
import java.lang.instrument.ClassFileTransformer;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooked classes of the JDK and of Netty when they are loaded or retransformed. For every other class it
 * costs one hash lookup, or a check of the end of its name, and changes nothing.
 *
 * <p>It stays registered until the agent is detached. If it were removed earlier, the next retransformation by another
 * agent would drop every hook.
 */
final class SocketTransformer implements ClassFileTransformer {

    /** Loaded when the program, or an agent, begins to use JMX. */
    static final String JMX_SERVER = "com/sun/jmx/mbeanserver/JmxMBeanServer";

    private final Map<String, List<HookPoint>> hooksByOwner = new HashMap<>();
    private final HookStatus hookStatus;
    private final Hooks.HookCallbacks hookCallbacks;
    private volatile boolean ended;

    /**
     * Made on first use, because it loads Byte Buddy's ASM. It has no holder class of its own, which would be unusable
     * for good after an error in its initialization.
     */
    private @Nullable volatile Weaver weaver;

    SocketTransformer(List<HookPoint> hooks, HookStatus hookStatus, Hooks.HookCallbacks hookCallbacks) {
        this.hookStatus = hookStatus;
        this.hookCallbacks = hookCallbacks;
        for (HookPoint hook : hooks) {
            List<HookPoint> ofOwner = hooksByOwner.get(hook.owner());
            if (ofOwner == null) {
                ofOwner = new ArrayList<>();
                hooksByOwner.put(hook.owner(), ofOwner);
            }
            ofOwner.add(hook);
        }
    }

    /** Returns whether the boot loader's class of this name is hooked. */
    boolean isHooked(String internalName) {
        return hooksByOwner.containsKey(internalName);
    }

    /**
     * Returns whether a class of this name is hooked in any class loader. It runs for each class that the program
     * loads: the last letter excludes nearly all. It is here and not in the table, because the load of the table would
     * need an answer as well.
     */
    static boolean isOfNetty(String internalName) {
        int length = internalName.length();
        if (length < NettyHookTable.SOCKET.length()) {
            return false;
        }
        return switch (internalName.charAt(length - 1)) {
            case 't' -> internalName.endsWith(NettyHookTable.SOCKET);
            case 'r' -> internalName.endsWith(NettyHookTable.DESCRIPTOR);
            case 'l' ->
                internalName.endsWith(NettyHookTable.RING_LISTENER)
                        || internalName.endsWith(NettyHookTable.RING_UNIX_LISTENER);
            case 'e' -> internalName.endsWith(NettyHookTable.RING_STREAM);
            default -> false;
        };
    }

    /** Stops all weaving. */
    void end() {
        ended = true;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classfileBuffer) {
        try {
            return className == null || ended ? null : wovenIfHooked(loader, className, classfileBuffer);
        } catch (StackOverflowError e) {
            return unwoven(e); // the program's own class, at the end of its stack
        } catch (Throwable t) {
            InternalErrors.count(t);
            return unwoven(t);
        }
    }

    private byte @Nullable [] wovenIfHooked(@Nullable ClassLoader loader, String className, byte[] classFile) {
        if (loader == null && className.equals(JMX_SERVER)) {
            hookCallbacks.onJmxLoaded();
            return null;
        }
        if (loader == null && OwnPermissions.isLoadedBeforeManager(className)) {
            hookCallbacks.onSecurityManager();
            return null;
        }
        if (loader == null ? !isHooked(className) : !isOfNetty(className)) {
            return null;
        }
        return OwnPermissions.isSandboxed()
                ? weaveAsOurselves(loader, className, classFile)
                : weave(loader, className, classFile);
    }

    private byte @Nullable [] weaveAsOurselves(@Nullable ClassLoader loader, String className, byte[] classFile) {
        return OwnPermissions.run(
                new PrivilegedAction<byte[]>() { // no lambda: this runs while a class of the program is being loaded
                    @Override
                    public byte @Nullable [] run() {
                        return weave(loader, className, classFile);
                    }
                });
    }

    private byte @Nullable [] weave(@Nullable ClassLoader loader, String className, byte[] classFile) {
        return loader == null ? weaveJdk(className, classFile) : weaveLibrary(loader, className, classFile);
    }

    private byte @Nullable [] weaveJdk(String className, byte[] classFile) {
        List<HookPoint> hooks = hooksByOwner.getOrDefault(className, List.of());
        try {
            hookCallbacks.onFirstSocketClass();
            Weaver.Woven woven = weaver().weave(classFile, hooks);
            hookStatus.woven(woven.hooks());
            return ended ? null : woven.classFile(); // it may have taken long
        } catch (Throwable t) { // the class is loaded without the hooks, and the self-check reports it
            hookStatus.failed(hooks, t);
            return unwoven(t);
        }
    }

    private byte @Nullable [] weaveLibrary(ClassLoader loader, String className, byte[] classFile) {
        List<HookPoint> hooks = NettyHookTable.hooksOf(className);
        LibraryHooks outcome = hookStatus.libraryHooks();
        try {
            hookCallbacks.onFirstSocketClass();
            if (!ProbeVisibility.isVisibleTo(loader)) {
                outcome.probeNotSeen(loader, hooks);
                return null;
            }
            Weaver.Woven woven = weaver().weave(classFile, hooks);
            outcome.woven(loader, woven.hooks());
            return ended ? null : woven.classFile(); // it may have taken long
        } catch (Throwable t) { // the class is loaded without the hooks, and the self-check reports it
            outcome.failed(loader, hooks, t);
            return unwoven(t);
        }
    }

    private byte @Nullable [] unwoven(Throwable why) {
        hookCallbacks.onWeavingFailed();
        if (InternalErrors.isThreadDeath(why)) {
            hookCallbacks.stopThread(Thread.currentThread());
        }
        return null;
    }

    private Weaver weaver() {
        Weaver known = weaver;
        if (known == null) {
            known = new Weaver();
            weaver = known;
        }
        return known;
    }
}
