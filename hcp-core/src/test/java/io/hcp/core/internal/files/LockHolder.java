package io.hcp.core.internal.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process which holds a lock until its standard input ends. */
final class LockHolder {
    private LockHolder() {}

    @SuppressWarnings("try") // the lock is held, not used
    public static void main(String[] args) throws IOException {
        try (ProcessLock lock = ProcessLock.tryAcquire(Path.of(args[0])).orElseThrow()) {
            System.out.write("held\n".getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            int unused = System.in.read();
        }
    }
}
