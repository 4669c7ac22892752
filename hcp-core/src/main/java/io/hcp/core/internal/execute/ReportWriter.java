package io.hcp.core.internal.execute;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.progress.OperationReport;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands reports to the journal in the order in which they were added, one at a time. Thread-safe. */
final class ReportWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

    private final Consumer<OperationReport> journal;
    private final Queue<OperationReport> pending = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable HcpException lost;

    ReportWriter(Consumer<OperationReport> journal) {
        this.journal = journal;
    }

    /** Puts a report in line; the next {@link #write} hands it on. */
    void add(OperationReport report) {
        pending.add(report);
    }

    /**
     * Returns once all reports that were added before are handed on, by this thread or by another one.
     *
     * @throws HcpException with kind {@code LOCKED} if the last one showed that the tenant is somebody else's
     */
    void write() {
        writing.lock();
        try {
            for (OperationReport next = pending.poll(); next != null; next = pending.poll()) {
                lost = write(next);
            }
            if (lost != null) { // whoever's report it was that another thread has handed on
                throw lost;
            }
        } finally {
            writing.unlock();
        }
    }

    private @Nullable HcpException write(OperationReport report) {
        try {
            store(report);
        } catch (RuntimeException | Error e) {
            if (e instanceof HcpException problem && problem.kind() == ErrorKind.LOCKED) {
                return problem;
            }
            LOG.warn("a report of operation {} could not be stored; the work goes on", report.id(), e);
        }
        return null;
    }

    /** A failure may be over the next time, and without its last report an operation looks as if it had not ended. */
    private void store(OperationReport report) {
        try {
            journal.accept(report);
        } catch (HcpException e) {
            if (!e.retryable() || e.kind() == ErrorKind.LOCKED) {
                throw e;
            }
            journal.accept(report);
        }
    }
}
