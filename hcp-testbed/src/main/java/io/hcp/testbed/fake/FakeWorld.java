package io.hcp.testbed.fake;

import io.hcp.api.model.IpAddress;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.usage.Load;
import io.hcp.core.internal.usage.NodeSample;
import io.hcp.pki.TenantPki;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An imagined machine, as it is whether or not anybody looks: tenants with records, certificates, keys, datastores and
 * processes, rights to change them, ports, and what was put aside. It outlives its {@link FakeMachine}s, as a real one
 * outlives JVMs. Thread-safe; no call takes longer the more tenants there are.
 */
public final class FakeWorld {
    /** How long the right to change a tenant lasts without a sign of life from its holder. */
    public static final Duration LEASE_LASTS = Duration.ofSeconds(15);

    /** How long each call of a gateway takes at the least. */
    static final Duration CALL_LASTS = Duration.ofNanos(100_000);

    private static final long FIRST_PID = 1_000;
    private static final int CORES = 8;
    private static final long MEMORY_BYTES = 1L << 40;
    private static final long IDLE_MEMORY_BYTES = 1L << 30;
    private static final long PLENTY = 1L << 40;

    private final VirtualTime time;
    private final SplittableRandom random;
    private final Map<String, TenantCell> cells = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<String> present = new ConcurrentSkipListSet<>();
    private final Map<String, TenantState> retained = new ConcurrentHashMap<>();
    private volatile Map<String, TenantPki> authorities = new ConcurrentHashMap<>();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Set<IpAddress> addresses = ConcurrentHashMap.newKeySet();
    private final PortTable ports = new PortTable();
    private final Choosing choosing = new Choosing();
    private final FakeLoads loads = new FakeLoads();
    private final AtomicLong numbers = new AtomicLong(FIRST_PID);
    private final AtomicLong usableBytes = new AtomicLong(PLENTY);
    private volatile int historyDepth;
    private volatile Duration startUp = Duration.ofMillis(500);

    /** Makes an empty world with a time of its own. */
    public FakeWorld() {
        this(new VirtualTime(), 0);
    }

    /**
     * Makes an empty world.
     *
     * @param time passes there
     * @param seed of ids and ports: the same seed and calls make the same world
     */
    public FakeWorld(VirtualTime time, long seed) {
        this.time = time;
        this.random = new SplittableRandom(seed);
        addresses.addAll(List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("::1")));
    }

    /** {@return what another JVM on this machine works with; nothing goes wrong with it until it is told so} */
    public FakeMachine machine() {
        return new FakeMachine(this);
    }

    /** {@return the time of this world} */
    public VirtualTime time() {
        return time;
    }

    /** {@return the hooks for what happens by itself or by somebody else's hand} */
    public Outside outside() {
        return new Outside(this);
    }

    /**
     * Returns a tenant as it is.
     *
     * @param tenant the tenant's name
     * @return its state, also if there is nothing
     */
    public TenantState state(String tenant) {
        return cell(tenant).state();
    }

    /** {@return the names of all tenants that have left files or processes, sorted} */
    public List<String> tenants() {
        return List.copyOf(present);
    }

    /** {@return what was put aside, by name and tenant id with a hyphen between them} */
    public SortedMap<String, TenantState> retained() {
        return new TreeMap<>(retained);
    }

    /** {@return for each port that a record names, the tenants whose records do} */
    public SortedMap<Integer, Set<String>> keptPorts() {
        return ports.kept();
    }

    /**
     * Remembers how each tenant was, for {@link FakeMachine#staleReads}.
     *
     * @param writes how many writes back; 0 for not at all, as at first
     * @return this world
     */
    public FakeWorld keepHistory(int writes) {
        historyDepth = writes;
        return this;
    }

    /**
     * Changes how long components take until they serve.
     *
     * @param duration half a second unless told otherwise
     * @return this world
     */
    public FakeWorld startUpTakes(Duration duration) {
        startUp = duration;
        return this;
    }

    /**
     * Uses the real authorities that are made for another world, where both draw the same ids, as they do by the same
     * seed: to make them takes longer than everything else.
     *
     * @param other which world
     * @return this world
     */
    public FakeWorld authoritiesOf(FakeWorld other) {
        authorities = other.authorities;
        return this;
    }

    /** {@return how much tenants do} */
    public FakeLoads loads() {
        return loads;
    }

    /** What the machine has, and what its tenants and an idle rest use of it. */
    NodeSample load() {
        Duration cpu = Duration.ZERO;
        long memory = IDLE_MEMORY_BYTES;
        for (String tenant : present) {
            for (FakeProcess process : state(tenant).processes()) {
                Load load = loads.program(tenant, process.servesFrom().minus(startUp), time.instant());
                cpu = cpu.plus(load.cpu());
                memory += load.memoryBytes();
            }
        }
        return new NodeSample(
                Machine.NODE,
                CORES,
                MEMORY_BYTES,
                OptionalLong.empty(),
                Optional.of(new Load(time.instant(), cpu, memory)),
                OptionalInt.empty());
    }

    int historyDepth() {
        return historyDepth;
    }

    Duration startUp() {
        return startUp;
    }

    String name() {
        return "the imagined machine";
    }

    Path directory(String tenant) {
        return Path.of("/imagined/tenants", tenant);
    }

    TenantCell cell(String tenant) {
        return cells.computeIfAbsent(tenant, name -> new TenantCell(name, this));
    }

    /** Keeps up what is known across tenants. Called by a cell, under its monitor. */
    void follow(String tenant, TenantState before, TenantState after) {
        ports.follow(tenant, before, after);
        if (after.directory() || !after.processes().isEmpty()) {
            present.add(tenant);
        } else {
            present.remove(tenant);
        }
    }

    PortTable ports() {
        return ports;
    }

    Choosing choosing() {
        return choosing;
    }

    Set<IpAddress> addresses() {
        return addresses;
    }

    Map<String, TenantState> putAside() {
        return retained;
    }

    Set<String> secrets() {
        return secrets;
    }

    AtomicLong usableBytes() {
        return usableBytes;
    }

    /** Makes real authorities of an identity when they are first asked for: that takes a while. */
    TenantPki authorities(String identity) {
        return authorities.computeIfAbsent(identity, key -> TenantPki.create(List.of(), time.clock()));
    }

    /** A number that nothing else in this world has. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }

    synchronized String newIdentity() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    synchronized int nextInt(int from, int to) {
        return random.nextInt(from, to);
    }
}
