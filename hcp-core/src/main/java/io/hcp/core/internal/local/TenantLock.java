package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The lock that whoever changes a tenant, or watches over it, holds. */
final class TenantLock {
    private TenantLock() {}

    /** Takes the lock, or says who has it. */
    static ProcessLock acquire(String name, Settings settings) {
        Path path = settings.tenantLock(name);
        return tryAcquire(path)
                .orElseThrow(() -> new HcpException(
                        ErrorKind.LOCKED,
                        "tenant \"%s\" in %s is held by %s".formatted(name, settings.dataDirectory(), holder(path)),
                        "end that process or close its HostedControlPlanes, use it to change the tenant, or use another"
                                + " data directory; get(...) works without the lock"));
    }

    private static Optional<ProcessLock> tryAcquire(Path lock) {
        try {
            return ProcessLock.tryAcquire(lock);
        } catch (IOException e) {
            throw PrivateFiles.failure("lock", lock, e);
        }
    }

    private static String holder(Path lock) {
        return ProcessLock.holder(lock).stream()
                .mapToObj(pid -> pid == ProcessHandle.current().pid()
                        ? "another HostedControlPlanes of this process"
                        : "process " + pid)
                .findFirst()
                .orElse("another process");
    }
}
