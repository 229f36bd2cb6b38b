// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.kind.FourKinds;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Closes its standard error before it does anything else. */
public final class ClosesStandardError {

    private ClosesStandardError() {}

    public static void main(String[] arguments) throws IOException {
        System.err.close();
        new FileOutputStream(FileDescriptor.err).close();
        FourKinds.main(arguments);
    }
}
