// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

/** Opens no socket. */
public final class Hello {

    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
