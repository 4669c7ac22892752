package io.hcp.api.usage;

import io.hcp.api.error.HcpException;

/**
 * Measures all tenants again and again, each time from where it measured last: half of what single measurements cost. Holds
 * nothing that would have to be closed. Thread-safe; each caller that has a rhythm of its own needs a meter of its own.
 */
public interface UsageMeter {
    /**
     * Measures what is used, over the span since the last call, or since the meter was made. Blocks as long as reading takes.
     *
     * @return the usage; what could not be read is missing in it, with a reason
     * @throws HcpException if not even the tenants can be listed, or with kind {@code CANCELLED} if this thread is interrupted;
     *     the span then goes on
     */
    FleetUsage read();
}
