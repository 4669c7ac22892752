package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.files.ProcessLock;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file lock, which the kernel takes back from a process that has ended, and never from one that lives. */
final class LocalLease implements Lease {
    private final String tenant;
    private final Path file;
    private final ProcessLock lock;
    private final Runnable beforeRelease;
    private final AtomicBoolean held = new AtomicBoolean(true);

    private LocalLease(String tenant, Path file, ProcessLock lock, Runnable beforeRelease) {
        this.tenant = tenant;
        this.file = file;
        this.lock = lock;
        this.beforeRelease = beforeRelease;
    }

    /**
     * Takes the right to change a tenant, if nobody has it.
     *
     * @param tenant whose
     * @param file the lock file
     * @param beforeRelease runs when the right is given back, before anybody else can have it
     * @return the lease
     */
    static Optional<LocalLease> tryAcquire(String tenant, Path file, Runnable beforeRelease) {
        try {
            return ProcessLock.tryAcquire(file).map(lock -> new LocalLease(tenant, file, lock, beforeRelease));
        } catch (IOException e) {
            throw PrivateFiles.failure("lock", file, e);
        }
    }

    /** Throws unless the tenant may be changed under the lease. */
    static void check(Lease lease, String tenant) {
        if (!lease.isHeld() || !lease.tenant().equals(tenant)) {
            throw new HcpException(
                    ErrorKind.LOCKED,
                    "the right to change tenant \"" + tenant + "\" was given back or lost; nothing was changed",
                    "make the same call again: it goes on where it stopped");
        }
    }

    @Override
    public String tenant() {
        return tenant;
    }

    @Override
    public boolean isHeld() {
        return held.get();
    }

    @Override
    public void close() {
        if (!held.compareAndSet(true, false)) {
            return;
        }
        try (lock) {
            beforeRelease.run();
        } catch (IOException e) {
            throw PrivateFiles.failure("unlock", file, e);
        }
    }
}
