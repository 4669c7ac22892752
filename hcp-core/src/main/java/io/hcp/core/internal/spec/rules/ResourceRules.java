package io.hcp.core.internal.spec.rules;

import io.hcp.api.model.ControlPlaneProfile;
import io.hcp.api.model.Cpu;
import io.hcp.api.model.EtcdProfile;
import io.hcp.api.model.Quantity;
import io.hcp.api.model.ResourceProfile;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.internal.spec.form.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rules of what containers are given, how long they may take to start, and of etcd's members and volumes. */
public final class ResourceRules {
    /** The rules. */
    public static final List<Rule> ALL =
            List.of(ResourceRules::resources, ResourceRules::startup, ResourceRules::members, ResourceRules::volume);

    private static final Cpu LEAST_CPU = Cpu.parse("1m");
    private static final Quantity LEAST_MEMORY = Quantity.parse("4Mi");
    private static final Duration SHORTEST_START = Duration.ofMinutes(1);
    private static final Duration LONGEST_START = Duration.ofHours(1);
    private static final Quantity DEFAULT_QUOTA = Quantity.parse("2Gi");

    private ResourceRules() {}

    private static void resources(TenantControlPlane tenant, Problems problems) {
        ControlPlaneProfile profile = tenant.controlPlane();
        resources("spec.controlPlane.apiServer", profile.apiServer().resources(), problems);
        resources(
                "spec.controlPlane.controllerManager",
                profile.controllerManager().resources(),
                problems);
        resources("spec.controlPlane.scheduler", profile.scheduler().resources(), problems);
        resources("spec.dataStore.etcd", tenant.dataStore().etcd().resources(), problems);
    }

    private static void resources(String component, ResourceProfile resources, Problems problems) {
        String path = component + ".resources.";
        amounts(path, "cpu", resources.requests().cpu(), resources.limits().cpu(), LEAST_CPU, problems);
        amounts(
                path,
                "memory",
                resources.requests().memory(),
                resources.limits().memory(),
                LEAST_MEMORY,
                problems);
    }

    private static <T extends Comparable<T>> void amounts(
            String path, String what, Optional<T> request, Optional<T> limit, T least, Problems problems) {
        atLeast(path + "requests." + what, request, least, problems);
        atLeast(path + "limits." + what, limit, least, problems);
        request.filter(amount ->
                        limit.filter(most -> most.compareTo(amount) < 0).isPresent())
                .ifPresent(amount -> problems.add(
                        "RequestAboveLimit",
                        path + "requests." + what,
                        amount,
                        "use at most the limit of " + limit.orElseThrow() + ", or raise the limit"));
    }

    private static <T extends Comparable<T>> void atLeast(String path, Optional<T> amount, T least, Problems problems) {
        amount.filter(given -> given.compareTo(least) < 0)
                .ifPresent(given -> problems.add("ResourcesTooSmall", path, given, "use at least " + least));
    }

    private static void startup(TenantControlPlane tenant, Problems problems) {
        tenant.controlPlane()
                .startupTimeout()
                .filter(time -> time.compareTo(SHORTEST_START) < 0
                        || time.compareTo(LONGEST_START) > 0
                        || time.toNanosPart() != 0)
                .ifPresent(time -> problems.add(
                        "StartupTimeoutOutOfRange",
                        "spec.controlPlane.startupTimeout",
                        time,
                        "use whole seconds, from 1m to 1h"));
    }

    /** Two members are no better than one: neither can be lost. More than three only make writes slower. */
    private static void members(TenantControlPlane tenant, Problems problems) {
        tenant.dataStore().etcd().members().stream()
                .filter(count -> count != 1 && count != 3)
                .forEach(count -> problems.add(
                        "MembersOutOfRange", "spec.dataStore.etcd.members", count, "use 1 or 3: 3 can lose one"));
    }

    private static void volume(TenantControlPlane tenant, Problems problems) {
        EtcdProfile etcd = tenant.dataStore().etcd();
        Quantity quota = etcd.quotaBackendBytes().orElse(DEFAULT_QUOTA);
        etcd.storage()
                .size()
                .filter(size -> size.bytes() / 2 < quota.bytes())
                .ifPresent(size -> problems.add(
                        "StorageTooSmall",
                        "spec.dataStore.etcd.storage.size",
                        size,
                        "use at least twice the quota of " + quota
                                + ", since defragmentation writes the database anew"));
    }
}
