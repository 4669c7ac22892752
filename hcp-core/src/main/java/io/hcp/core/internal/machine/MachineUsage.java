package io.hcp.core.internal.machine;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.api.model.Component;
import io.hcp.core.internal.gateway.Machine;
import io.hcp.core.internal.gateway.Processes.Measured;
import io.hcp.core.internal.gateway.TenantGateways;
import io.hcp.core.internal.threads.Several;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.ApiSample;
import io.hcp.core.internal.usage.FleetSample;
import io.hcp.core.internal.usage.ProgramSample;
import io.hcp.core.internal.usage.Reading;
import io.hcp.core.internal.usage.TenantSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** Reads what the tenants of a machine use. */
record MachineUsage(Machine machine, Time time) {
    FleetSample all(Executor executor) {
        Instant now = time.instant();
        List<String> problems = new ArrayList<>();
        List<TenantSample> tenants = new ArrayList<>();
        for (Reading<TenantSample> one : Several.map(executor, machine.tenants(), this::intact)) {
            one.value().ifPresentOrElse(tenants::add, () -> problems.add(one.problem()));
        }
        return new FleetSample(now, tenants, List.of(machine.load()), problems);
    }

    /** One that is damaged, or was removed in the meantime, does not keep the others from being measured. */
    private Reading<TenantSample> intact(String tenant) {
        try {
            return Reading.of(of(tenant));
        } catch (HcpException e) {
            if (e.kind() == ErrorKind.RECORD_DAMAGED || e.kind() == ErrorKind.NOT_FOUND) {
                return Reading.failed("tenant " + tenant + ": " + e.getMessage());
            }
            throw e;
        }
    }

    TenantSample of(String tenant) {
        TenantGateways gateways = machine.tenant(tenant);
        var record = new RecordEditor(tenant, machine.name(), gateways.records()).require();
        List<ProgramSample> programs = new ArrayList<>();
        Optional<String> apiServer = Optional.empty();
        for (Measured process : gateways.processes().measure()) {
            String replica = "pid " + process.pid();
            programs.add(new ProgramSample(
                    process.component(),
                    replica,
                    Optional.of(Machine.NODE),
                    OptionalDouble.empty(),
                    OptionalLong.empty(),
                    Optional.of(process.load())));
            apiServer = process.component() == Component.KUBE_APISERVER ? Optional.of(replica) : apiServer;
        }
        if (apiServer.isEmpty()) {
            return new TenantSample(tenant, programs, List.of(), List.of("kube-apiserver does not run"));
        }
        String replica = apiServer.get();
        Reading<ApiMetrics> metrics = gateways.api().metrics(MachineBlueprint.of(record, gateways.layout()));
        Instant at = time.instant();
        return new TenantSample(
                tenant,
                programs,
                metrics.value().stream()
                        .map(read -> new ApiSample(replica, at, read))
                        .toList(),
                metrics.value().isPresent() ? List.of() : List.of("metrics of kube-apiserver: " + metrics.problem()));
    }
}
