package io.hcp.core.internal.local;

import io.hcp.api.progress.HcpListener;
import io.hcp.core.internal.component.ComponentResolver;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * What the tenants of one local backend share.
 *
 * @param dataDirectory where tenants are kept, absolute
 * @param programs finds programs
 * @param marks environment variables that all processes get
 * @param listener hears of everything; throws nothing
 * @param clock tells the time for certificates
 * @param random chooses ports
 * @param executor runs blocking work, as many tasks at a time as there are
 */
record Settings(
        Path dataDirectory,
        ComponentResolver programs,
        Map<String, String> marks,
        HcpListener listener,
        Clock clock,
        RandomGenerator random,
        ExecutorService executor) {
    /** {@return where a tenant's files are} */
    Path tenantDirectory(String name) {
        return dataDirectory.resolve("tenants").resolve(name);
    }

    /** {@return the lock that whoever changes or watches a tenant holds} */
    Path tenantLock(String name) {
        return dataDirectory.resolve("locks").resolve(name + ".lock");
    }

    /** {@return the lock that whoever chooses ports holds; its name cannot be a tenant's} */
    Path portsLock() {
        return dataDirectory.resolve("locks").resolve("_ports.lock");
    }
}
