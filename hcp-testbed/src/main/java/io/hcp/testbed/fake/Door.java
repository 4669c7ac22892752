package io.hcp.testbed.fake;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.time.Time;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What every call of a JVM's gateways passes through: there it is counted, held up, spoilt. Thread-safe. */
final class Door {
    private final VirtualTime time;
    private final Life life;
    private final HotLoopDetector detector;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, AtomicLong> occurrences = new ConcurrentHashMap<>();
    private volatile Faults faults = Faults.none();

    Door(VirtualTime time, Life life) {
        this.time = time;
        this.life = life;
        this.detector = new HotLoopDetector(time);
    }

    /** What can go wrong with a call. */
    enum Sort {
        /** Anything; it changes nothing. */
        READ,
        /** Anything. */
        WRITE,
        /** It can fail, or take long; but if it is done, then once, and the caller hears of it. */
        ONCE,
        /** Nothing: it does not leave the JVM. */
        INSIDE
    }

    void faults(Faults next) {
        faults = next;
    }

    HotLoopDetector detector() {
        return detector;
    }

    SortedMap<String, Long> calls() {
        SortedMap<String, Long> calls = new TreeMap<>();
        occurrences.forEach((name, count) -> calls.put(name, count.get()));
        return calls;
    }

    @CanIgnoreReturnValue
    <T> T pass(String name, String tenant, Sort sort, Supplier<T> body) {
        life.requireAlive();
        long occurrence =
                occurrences.computeIfAbsent(name, key -> new AtomicLong()).incrementAndGet();
        detector.note(tenant, name);
        if (sort == Sort.INSIDE) {
            return body.get();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Time.cancelled();
        }
        time.advance(FakeWorld.CALL_LASTS);
        Call call = new Call(number.incrementAndGet(), name, occurrence, tenant, sort == Sort.WRITE);
        return spoilt(call, sort, body);
    }

    private <T> T spoilt(Call call, Sort sort, Supplier<T> body) {
        Fault fault = faults.decide(call);
        if (fault instanceof Fault.Refused refused) {
            throw failure(call, refused.kind(), "nothing of it happened");
        }
        if (fault instanceof Fault.LostReply lost) {
            if (sort != Sort.ONCE) {
                var unused = body.get();
            }
            throw failure(call, lost.kind(), "the reply was lost");
        }
        if (fault instanceof Fault.Delayed delayed) {
            time.pause(delayed.by());
            life.requireAlive();
        }
        if (fault instanceof Fault.Twice && sort != Sort.ONCE) {
            var unused = body.get();
        }
        return body.get();
    }

    private HcpException failure(Call call, ErrorKind kind, String what) {
        return new HcpException(
                kind,
                "%s of tenant \"%s\" failed, as call %d was to by %s: %s"
                        .formatted(call.name(), call.tenant(), call.number(), faults, what),
                "make the same call again");
    }
}
