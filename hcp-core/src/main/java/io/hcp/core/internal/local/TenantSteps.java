package io.hcp.core.internal.local;

import io.hcp.api.error.ComponentFailedException;
import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.ComponentBlueprint;
import io.hcp.core.internal.blueprint.EncryptionState;
import io.hcp.core.internal.component.Program;
import io.hcp.core.internal.execute.Poll;
import io.hcp.core.internal.files.LogTail;
import io.hcp.core.internal.plan.Verb;
import io.hcp.core.internal.plan.Work;
import io.hcp.core.internal.spec.TenantRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Does the steps of one tenant. Each can be done again after it was interrupted at any point. */
final class TenantSteps {
    /** As long as kubeadm's startup probes wait: 24 failures, 10 s apart. */
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    /** Long enough for what was just stopped to let go of its port. */
    private static final Duration PORT_LIMIT = Duration.ofSeconds(2);

    /** Then a process is killed. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    /** Watches keep an API server from ending for a minute. It has no state of its own, and its clients ask again. */
    private static final Duration API_SERVER_STOP_GRACE = Duration.ofSeconds(5);

    /** Below this many free bytes a full disk is what ended a component that could not even log why. */
    private static final long FULL = 1 << 20;

    private final LocalTenant tenant;
    private final TenantControlPlane wanted;

    TenantSteps(LocalTenant tenant, TenantControlPlane wanted) {
        this.tenant = tenant;
        this.wanted = wanted;
    }

    void carryOut(Work work, List<Work> plan) {
        switch (work.verb()) {
            case PROVIDE -> provide(plan);
            case RECORD -> tenant.ports().record(wanted);
            case CREATE_PKI -> tenant.pki().create(certificates().create(clock()));
            case REISSUE -> certificates().reissue(tenant.pki(), clock());
            case CREATE_KEY -> createKey();
            case STOP -> stop(component(work));
            case START -> start(tenant.blueprint(tenant.recorded()).of(component(work)));
            case BOOTSTRAP -> bootstrap();
            case AWAIT_READY -> tenant.health().awaitReady(tenant.blueprint(tenant.recorded()), START_LIMIT);
            case MARK_DELETING -> tenant.store().write(tenant.recorded().asDeleting());
            case REMOVE_DATA -> tenant.store().remove();
            case RETAIN_DATA, BRING_BACK -> throw new IllegalStateException(work.id());
        }
    }

    private Clock clock() {
        return tenant.settings().clock();
    }

    private static Component component(Work work) {
        return work.component().orElseThrow();
    }

    private void provide(List<Work> plan) {
        Blueprint blueprint = tenant.blueprint(TenantRecord.planned(wanted, Optional.empty()));
        List<Program> programs = plan.stream()
                .filter(work -> work.verb() == Verb.START)
                .map(work -> blueprint.of(component(work)))
                .map(ProcessLauncher::program)
                .toList();
        tenant.settings().programs().resolve(programs);
    }

    private TenantCertificates certificates() {
        return tenant.certificates(tenant.recorded().spec());
    }

    /** The key is there before the record names it: one that is named and missing is lost. */
    private void createKey() {
        TenantRecord found = tenant.recorded();
        EncryptionState next = found.encryption().with(found.spec().kubernetes().encryptionAtRest());
        next.keys().stream()
                .filter(key -> !found.encryption().keys().contains(key))
                .forEach(tenant.encryptionKeys()::create);
        tenant.store().write(found.withEncryption(next));
    }

    private void stop(Component component) {
        tenant.supervisor().unwatch(component);
        Duration grace = component == Component.KUBE_APISERVER ? API_SERVER_STOP_GRACE : STOP_GRACE;
        running(component).forEach(entry -> entry.process().end(grace));
    }

    private List<ProcessTable.Entry> running(Component component) {
        return ProcessTable.find(tenant.layout().root()).stream()
                .filter(entry -> entry.component() == component)
                .toList();
    }

    private void bootstrap() {
        TenantRecord found = tenant.recorded();
        tenant.health().client().bootstrap(tenant.apiServer(found), FirstRoles.objects());
        tenant.store().write(found.asBootstrapped());
    }

    private void start(ComponentBlueprint blueprint) {
        Component component = blueprint.component();
        tenant.supervisor().unwatch(component);
        Path log = tenant.layout().log(component);
        long logged = log.toFile().length();
        Optional<RunningProcess> process = adoptOrLaunch(blueprint);
        boolean serving = Poll.until(START_LIMIT, () -> {
            if (process.isEmpty() || !process.get().isAlive()) {
                throw ended(blueprint, LogTail.since(log, logged));
            }
            return tenant.health().hasStarted(blueprint.health());
        });
        if (!serving) {
            throw new ComponentFailedException(
                    ErrorKind.COMPONENT_FAILED,
                    component,
                    "%s of tenant \"%s\" did not answer at %s within %s"
                            .formatted(
                                    component, tenant.name(), blueprint.health().started(), START_LIMIT),
                    LogTail.since(log, logged),
                    "see " + log + "; a machine under heavy load may need fewer tenants");
        }
        tenant.supervisor().watch(blueprint, process.orElseThrow());
    }

    /** Since the plan was made, a restart may have started the component: the same one is kept, another one is ended. */
    private Optional<RunningProcess> adoptOrLaunch(ComponentBlueprint blueprint) {
        List<ProcessTable.Entry> running = running(blueprint.component());
        if (running.size() == 1 && running.get(0).digest().equals(blueprint.digest())) {
            return Optional.of(running.get(0).process());
        }
        stop(blueprint.component());
        checkPorts(blueprint);
        if (blueprint.component() == Component.KUBE_APISERVER) {
            // From now on objects may be stored in the form of this version.
            tenant.store().write(tenant.recorded().asServed());
        }
        return tenant.launcher().launch(blueprint);
    }

    private void checkPorts(ComponentBlueprint blueprint) {
        for (int port : tenant.recorded().ports().of(blueprint.component())) {
            if (!Poll.until(
                    PORT_LIMIT, () -> PortAllocator.isFree(blueprint.health().address(), port))) {
                throw portBusy(
                        blueprint.component(), "port " + port + " is held by " + PortHolder.describe(port), List.of());
            }
        }
    }

    private HcpException ended(ComponentBlueprint blueprint, List<String> lines) {
        Component component = blueprint.component();
        String log = String.join("\n", lines).toLowerCase(Locale.ROOT);
        if (log.contains("address already in use")) {
            return portBusy(component, "another program took its port at the same moment", lines);
        }
        if (log.contains("no space left on device") || tenant.usableBytes() < FULL) {
            return new ComponentFailedException(
                    ErrorKind.DISK_FULL,
                    component,
                    "%s of tenant \"%s\" ended: the file system of %s is full"
                            .formatted(component, tenant.name(), tenant.layout().root()),
                    lines,
                    "free space there, then apply again: nothing that was stored is lost");
        }
        return new ComponentFailedException(
                ErrorKind.COMPONENT_FAILED,
                component,
                "%s %s of tenant \"%s\" ended while it started"
                        .formatted(component, blueprint.version(), tenant.name()),
                lines,
                "correct what the log says, then apply again; the whole log is "
                        + tenant.layout().log(component));
    }

    private HcpException portBusy(Component component, String problem, List<String> lines) {
        return new ComponentFailedException(
                ErrorKind.PORT_BUSY,
                component,
                "%s of tenant \"%s\" cannot start: %s".formatted(component, tenant.name(), problem),
                lines,
                "end that program, or apply the tenant with another port(...)");
    }
}
