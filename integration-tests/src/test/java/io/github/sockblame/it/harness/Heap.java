// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/** The heap of another JVM. */
public final class Heap {

    private final MemoryMXBean memory;
    private final List<MemoryPoolMXBean> pools = new ArrayList<>();

    private Heap(MBeanServerConnection server) throws Exception {
        memory = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        ObjectName all = new ObjectName(ManagementFactory.MEMORY_POOL_MXBEAN_DOMAIN_TYPE + ",*");
        for (ObjectName name : server.queryNames(all, null)) {
            MemoryPoolMXBean pool =
                    ManagementFactory.newPlatformMXBeanProxy(server, name.getCanonicalName(), MemoryPoolMXBean.class);
            if (pool.getType() == MemoryType.HEAP) {
                pools.add(pool);
            }
        }
    }

    public static Heap of(AgentConnection connection) throws Exception {
        return new Heap(connection.server());
    }

    void collect() {
        memory.gc();
    }

    /**
     * Bytes that were alive in the second of two collections: what is only waiting to be cleaned up after the first is gone then. What is
     * allocated since is not in it, of which each thread takes much at once.
     */
    public long alive() {
        collect();
        collect();
        long bytes = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage left = pool.getCollectionUsage();
            bytes += left == null ? 0 : left.getUsed();
        }
        return bytes;
    }
}
