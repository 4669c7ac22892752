package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.gateway.Lease;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.PortSpace;
import io.hcp.core.internal.gateway.Programs;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.usage.NodeSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One JVM's way to a {@link FakeWorld}, from {@link FakeWorld#machine}. Its leases are renewed for as long as it is
 * neither frozen nor dead nor closed. Thread-safe.
 */
public final class FakeMachine implements Machine {
    private static final Duration BLOCKED_LIMIT = Duration.ofSeconds(30);

    private final FakeWorld world;
    private final long pid;
    private final Life life;
    private final Door door;
    private final FakePorts ports = new FakePorts(this);
    private final Map<String, TenantGateways> tenants = new ConcurrentHashMap<>();
    private final Map<String, FakeProcesses> processes = new ConcurrentHashMap<>();
    private volatile int staleReads;

    FakeMachine(FakeWorld world) {
        this.world = world;
        this.pid = world.nextNumber();
        this.life = new Life("process " + pid, world.time());
        this.door = new Door(world.time(), life);
    }

    /**
     * Lets calls go wrong from now on.
     *
     * @param faults decides which
     * @return this machine
     */
    public FakeMachine faults(Faults faults) {
        door.faults(faults);
        return this;
    }

    /**
     * Kills this JVM once it has made some more writes; the last one takes effect. A call that is not atomic makes
     * several writes, so that it may end in the middle.
     *
     * @param writes how many more, at least 1
     * @return this machine
     */
    public FakeMachine crashAfterWrites(long writes) {
        life.crashAfter(writes);
        return this;
    }

    /**
     * Kills this JVM when it is about to make one more write than some; that one does not take effect.
     *
     * @param write which of the writes to come, at least 1
     * @return this machine
     */
    public FakeMachine crashBeforeWrite(long write) {
        life.crashBefore(write);
        return this;
    }

    /** Kills this JVM: this and every later call throws {@link Crashed}, and whoever wants its leases gets them. */
    public void crash() {
        life.crash();
    }

    /** {@return true if this JVM was killed} */
    public boolean isCrashed() {
        return life.isDead();
    }

    /** Stops all threads of this JVM, as far as they call gateways: each blocks in its next call, or before its next write. */
    public void freeze() {
        life.freeze();
    }

    /**
     * Freezes this JVM when it is about to make a write.
     *
     * @param write which of the writes to come, at least 1
     * @return this machine
     */
    public FakeMachine freezeBeforeWrite(long write) {
        life.freezeBefore(write);
        return this;
    }

    /** Lets a frozen JVM go on. Leases that nobody has taken meanwhile are its own again. */
    public void thaw() {
        life.thaw();
    }

    /**
     * Waits, in the time of the test, until a call of this frozen JVM is blocked.
     *
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if there is none within 30 seconds
     */
    public void awaitBlocked() throws InterruptedException {
        if (!life.awaitBlocked(BLOCKED_LIMIT)) {
            throw new AssertionError("no call of " + this + " was blocked within " + BLOCKED_LIMIT);
        }
    }

    /**
     * Lets this JVM see each tenant as it was some writes ago, until it first writes to that tenant, successfully or not,
     * or five seconds have passed. Writes always act on what is there. To be called before it reads.
     *
     * @param writes how many writes ago, at most what {@link FakeWorld#keepHistory} was told
     * @return this machine
     */
    public FakeMachine staleReads(int writes) {
        if (writes > world.historyDepth()) {
            throw new IllegalArgumentException(
                    "the world remembers %d writes, not %d: call keepHistory".formatted(world.historyDepth(), writes));
        }
        staleReads = writes;
        return this;
    }

    /** Looks after the processes of all tenants, as a real machine does by itself every second. */
    public void lookAfter() {
        processes.values().forEach(FakeProcesses::lookAfter);
    }

    /** {@return how often each call was made, by its name} */
    public SortedMap<String, Long> calls() {
        return door.calls();
    }

    /** {@return how many single writes took effect} */
    public long writes() {
        return life.writes();
    }

    /** {@return what notices hot loops of this JVM} */
    public HotLoopDetector detector() {
        return door.detector();
    }

    @Override
    public String name() {
        return world.name();
    }

    @Override
    public List<String> tenants() {
        return door.pass(
                "machine.tenants",
                "",
                Door.Sort.READ,
                () -> world.tenants().stream()
                        .filter(name -> world.state(name).directory())
                        .toList());
    }

    @Override
    public Lease acquire(String tenant) {
        TenantCell cell = world.cell(tenant);
        return door.pass("machine.acquire", tenant, Door.Sort.ONCE, () -> {
            requireOpen();
            Optional<FakeLease> lease = cell.acquire(this);
            return lease.orElseThrow(() -> new HcpException(
                    ErrorKind.LOCKED,
                    "tenant \"%s\" in %s is held by %s"
                            .formatted(
                                    tenant,
                                    name(),
                                    cell.holder().map(FakeMachine::toString).orElse("another process")),
                    "end that process or close its HostedControlPlanes, or use it to change the tenant"));
        });
    }

    private void requireOpen() {
        if (life.isClosed()) {
            throw new IllegalStateException("this machine is closed");
        }
    }

    @Override
    public Optional<String> holder(String tenant) {
        return door.pass(
                "machine.holder",
                tenant,
                Door.Sort.READ,
                () -> world.cell(tenant).holder().map(FakeMachine::toString));
    }

    @Override
    public PortSpace ports() {
        return ports;
    }

    @Override
    public Programs programs() {
        return components -> door.pass("programs.provide", "", Door.Sort.READ, () -> true);
    }

    @Override
    public NodeSample load() {
        return door.pass("machine.load", "", Door.Sort.READ, world::load);
    }

    @Override
    public TenantGateways tenant(String name) {
        return tenants.computeIfAbsent(name, this::open);
    }

    private TenantGateways open(String name) {
        TenantAccess access = new TenantAccess(this, world.cell(name));
        FakeProcesses own = new FakeProcesses(access);
        processes.put(name, own);
        return new TenantGateways(
                new TenantLayout(world.directory(name)),
                new FakeRecords(access),
                new FakeJournal(access),
                new FakeStorage(access),
                new FakeCertificates(access),
                new FakeEncryptionKeys(access),
                own,
                new FakeTenantApi(access, own));
    }

    /** Gives all leases back; tenants run on. */
    @Override
    public void close() {
        life.close();
    }

    /** Returns the holder of this machine's leases in words. */
    @Override
    public String toString() {
        return "process " + pid;
    }

    FakeWorld world() {
        return world;
    }

    Life life() {
        return life;
    }

    Door door() {
        return door;
    }

    int staleReads() {
        return staleReads;
    }

    boolean keepsLeases() {
        return life.keepsLeases();
    }
}
