package io.hcp.core.internal.local;

import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.PlanKind;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.catalog.Release;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.execute.Execution;
import io.hcp.core.internal.plan.Observed;
import io.hcp.core.internal.plan.PlannedWork;
import io.hcp.core.internal.plan.Planner;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.pki.PkiDirectory;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One tenant of the local backend: what is there, what has to be done, and doing it. */
final class LocalTenant {
    private static final int PORT_ATTEMPTS = 5;

    private final String name;
    private final Settings settings;
    private final TenantLayout layout;
    private final TenantStore store;
    private final PkiDirectory pki;
    private final EncryptionKeys encryptionKeys;
    private final TenantHealth health;
    private final ProcessLauncher launcher;
    private final Supervisor supervisor;
    private final TenantPorts ports;

    LocalTenant(String name, Settings settings) {
        this.name = name;
        this.settings = settings;
        this.layout = new TenantLayout(settings.tenantDirectory(name));
        this.store = new TenantStore(layout);
        this.pki = PkiDirectory.at(layout.pki());
        TenantClient client = new TenantClient(() -> pki.load(List.of()), settings.clock());
        this.health = new TenantHealth(name, client, this::hasCertificates);
        this.encryptionKeys = new EncryptionKeys(layout);
        this.launcher = new ProcessLauncher(layout, settings, encryptionKeys);
        this.supervisor = new Supervisor(
                name, launcher::launch, health::isAlive, settings.listener(), settings.executor(), System::nanoTime);
        this.ports = new TenantPorts(store, settings);
    }

    String name() {
        return name;
    }

    Settings settings() {
        return settings;
    }

    TenantLayout layout() {
        return layout;
    }

    TenantStore store() {
        return store;
    }

    PkiDirectory pki() {
        return pki;
    }

    EncryptionKeys encryptionKeys() {
        return encryptionKeys;
    }

    TenantCertificates certificates(TenantControlPlane tenant) {
        return new TenantCertificates(tenant, settings.secrets());
    }

    TenantHealth health() {
        return health;
    }

    ProcessLauncher launcher() {
        return launcher;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    TenantPorts ports() {
        return ports;
    }

    /** Returns the record; for steps, which run only once there is one. */
    TenantRecord recorded() {
        return store.read()
                .orElseThrow(() -> new HcpException(
                        ErrorKind.NOT_FOUND,
                        "tenant \"" + name + "\" does not exist in " + settings.dataDirectory(),
                        "apply it first, or look for it with list()"));
    }

    /** {@return the address of the tenant's API server} */
    URI apiServer(TenantRecord tenant) {
        return input(tenant).apiServer();
    }

    Blueprint blueprint(TenantRecord tenant) {
        return Blueprint.of(input(tenant));
    }

    private BlueprintInput input(TenantRecord tenant) {
        Release release = ReleaseCatalog.bundled()
                .find(tenant.spec().kubernetesVersion())
                .orElseThrow(() -> new HcpException(
                        ErrorKind.INVALID_SPEC,
                        "Kubernetes " + tenant.spec().kubernetesVersion() + " of tenant \"" + name + "\" is unknown",
                        "use a newer version of this library, or a release of "
                                + ReleaseCatalog.bundled().minors()));
        return new BlueprintInput(tenant.spec(), release, tenant.ports(), tenant.encryption(), layout);
    }

    /** Works out how to bring the tenant to a description; changes nothing. */
    LocalPlan plan(TenantControlPlane written) {
        Optional<TenantRecord> known = store.read();
        TenantControlPlane wanted = LocalDescription.resolve(written, known, settings.random());
        Observed observed = observe(known, Optional.of(wanted));
        if (!observed.pkiPresent()) {
            certificates(wanted).provided(settings.clock()); // throws if one cannot be used
        }
        return localPlan(
                Planner.apply(PlanKind.APPLY, wanted, blueprint(TenantRecord.planned(wanted, known)), observed));
    }

    /** Works out how to remove the tenant; changes nothing. */
    LocalPlan planDelete() {
        Observed observed = observe(store.readIfIntact(), Optional.empty());
        if (!store.exists() && observed.running().isEmpty()) {
            recorded(); // throws: it does not exist
        }
        TenantControlPlane known = observed.record()
                .map(TenantRecord::spec)
                .orElseGet(() -> TenantControlPlane.builder()
                        .name(name)
                        .kubernetesVersion("0.0.0")
                        .build());
        return localPlan(Planner.delete(known, observed));
    }

    private static LocalPlan localPlan(PlannedWork planned) {
        planned.plan().obstacles().stream().findFirst().ifPresent(obstacle -> {
            throw obstacle.asException();
        });
        return new LocalPlan(planned.plan(), planned.works());
    }

    /** Begins to carry out a plan; what is to follow its success happens before anybody hears of it. */
    Execution execute(LocalPlan plan, Runnable onSuccess) {
        TenantSteps steps = new TenantSteps(this, plan.plan().wanted());
        AtomicInteger attempts = new AtomicInteger();
        return new Execution(
                        plan.plan(),
                        plan.works(),
                        work -> steps.carryOut(work, plan.works()),
                        failure -> attempts.incrementAndGet() < PORT_ATTEMPTS
                                ? recover(failure, plan.plan().wanted())
                                : Optional.empty(),
                        new Execution.Environment(settings.executor(), settings.listener(), onSuccess))
                .start();
    }

    /** A port that turned out to be taken is exchanged, as long as nobody can know it yet. */
    private Optional<List<Work>> recover(HcpException failure, TenantControlPlane wanted) {
        if (failure.kind() == ErrorKind.PORT_BUSY
                && failure instanceof ComponentFailedException taken
                && ports.exchange(taken.component())) {
            return Optional.of(plan(wanted).works());
        }
        return Optional.empty();
    }

    /** Watches over the processes that already run as they should; others are watched once they are started. */
    void adopt() {
        store.read().ifPresent(tenant -> {
            Map<Component, ComponentBlueprint> wanted = blueprint(tenant).components();
            ProcessTable.find(layout.root()).forEach(entry -> {
                ComponentBlueprint blueprint = wanted.get(entry.component());
                if (blueprint != null && blueprint.digest().equals(entry.digest())) {
                    supervisor.watchUnlessWatched(blueprint, entry.process());
                }
            });
        });
    }

    /** Tells whether the tenant's authorities exist. */
    boolean hasCertificates() {
        return pki.state() == PkiDirectory.State.PRESENT;
    }

    /** Looks after the tenant's processes and logs; to be called about once a second. */
    void lookAfter() {
        supervisor.tick();
        for (Component component : Component.values()) {
            Path log = layout.log(component);
            try {
                LogRotation.rotate(log);
            } catch (IOException e) {
                throw PrivateFiles.failure("rotate", log, e);
            }
        }
    }

    /** Damage is looked for only in a tenant that is to be kept: it must not keep a tenant from being removed. */
    private Observed observe(Optional<TenantRecord> known, Optional<TenantControlPlane> wanted) {
        boolean pkiPresent = hasCertificates();
        boolean checked = pkiPresent && !known.map(TenantRecord::deleting).orElse(false);
        Map<Component, List<String>> running = ProcessTable.find(layout.root()).stream()
                .collect(Collectors.groupingBy(
                        ProcessTable.Entry::component,
                        Collectors.mapping(ProcessTable.Entry::digest, Collectors.toList())));
        return new Observed(
                known,
                pkiPresent,
                wanted.filter(description -> checked)
                        .map(description ->
                                List.copyOf(certificates(description).toReissue(pki, settings.clock())))
                        .orElse(List.of()),
                wanted.flatMap(description -> known)
                        .map(tenant ->
                                encryptionKeys.damaged(tenant.encryption().keys()))
                        .orElse(List.of()),
                Files.exists(layout.etcdData().resolve("member")),
                running,
                usableBytes(),
                false,
                Map.of());
    }

    /** Returns the free space of the file system that holds, or will hold, the tenant's files. */
    long usableBytes() {
        Path existing = Stream.iterate(layout.root(), Objects::nonNull, Path::getParent)
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("/"));
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // cannot be told: writing will
        }
    }
}
