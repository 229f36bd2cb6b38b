// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar; classes outside a jar have none. */
final class ViewerVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = SockblameCommand.class.getPackage().getImplementationVersion();
        return new String[] {"sockblame " + (version == null ? "(unpackaged)" : version)};
    }
}
