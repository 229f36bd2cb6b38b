// SPDX-License-Identifier: Apache-2.0
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;

/**
 * Becomes another program for which the kernel refuses some system calls, with EACCES. Arguments: the calls, with commas, and the command.
 *
 * <p>See seccomp(2); the numbers of the calls are those of asm/unistd.h. Run as a source file, by JDK 22 or later.
 */
final class Seccomp {

    private static final Map<String, Map<String, Integer>> NUMBERS = Map.of(
            "amd64", Map.of("getdents64", 217, "readlink", 89, "readlinkat", 267),
            "aarch64", Map.of("getdents64", 61, "readlink", -1, "readlinkat", 78)); // which has no readlink

    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_SET_SECCOMP = 22;
    private static final long SECCOMP_MODE_FILTER = 2;

    private static final short LOAD_WORD = 0x20;
    private static final short JUMP_IF_EQUAL = 0x15;
    private static final short RETURN = 0x06;
    private static final int ALLOW = 0x7fff0000;
    private static final int REFUSE_WITH_EACCES = 0x00050000 | 13;

    public static void main(String[] arguments) throws Throwable {
        Map<String, Integer> numbers = NUMBERS.get(System.getProperty("os.arch"));
        String[] calls = arguments[0].split(",");
        Linker linker = Linker.nativeLinker();
        MethodHandle prctl = linker.downcallHandle(
                linker.defaultLookup().find("prctl").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        MethodHandle execv = linker.downcallHandle(
                linker.defaultLookup().find("execv").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            int length = calls.length + 3;
            MemorySegment filter = arena.allocate(8L * length, 8);
            add(filter, 0, LOAD_WORD, 0, 0);
            for (int i = 0; i < calls.length; i++) {
                add(filter, i + 1, JUMP_IF_EQUAL, calls.length - i, numbers.get(calls[i]));
            }
            add(filter, length - 2, RETURN, 0, ALLOW);
            add(filter, length - 1, RETURN, 0, REFUSE_WITH_EACCES);
            MemorySegment program = arena.allocate(16, 8);
            program.set(ValueLayout.JAVA_SHORT, 0, (short) length);
            program.set(ValueLayout.ADDRESS, 8, filter);

            MemorySegment command = arena.allocate(ValueLayout.ADDRESS, arguments.length);
            for (int i = 1; i < arguments.length; i++) {
                command.setAtIndex(ValueLayout.ADDRESS, i - 1, arena.allocateFrom(arguments[i]));
            }
            check((int) prctl.invokeExact(PR_SET_NO_NEW_PRIVS, 1L, MemorySegment.NULL, 0L, 0L));
            check((int) prctl.invokeExact(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0L, 0L));
            check((int) execv.invokeExact(arena.allocateFrom(arguments[1]), command));
        }
    }

    private static void add(MemorySegment filter, int index, short code, int ifEqual, int operand) {
        filter.set(ValueLayout.JAVA_SHORT, 8L * index, code);
        filter.set(ValueLayout.JAVA_BYTE, 8L * index + 2, (byte) ifEqual);
        filter.set(ValueLayout.JAVA_INT, 8L * index + 4, operand);
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("refused by the kernel");
        }
    }
}
