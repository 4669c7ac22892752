package io.hcp.testbed.fields;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.error.Problem;
import io.hcp.api.model.Component;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.api.plan.Plan;
import io.hcp.api.plan.PlanKind;
import io.hcp.api.plan.PlanStep;
import io.hcp.core.internal.blueprint.Blueprint;
import io.hcp.core.internal.blueprint.BlueprintInput;
import io.hcp.core.internal.blueprint.CertificateBlueprint;
import io.hcp.core.internal.blueprint.Ports;
import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.catalog.ReleaseCatalog;
import io.hcp.core.internal.plan.Observed;
import io.hcp.core.internal.plan.Planner;
import io.hcp.core.internal.spec.SpecDefaults;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.core.internal.spec.TenantRecord;
import io.hcp.core.internal.spec.form.Documents;
import io.hcp.core.internal.spec.rules.LocalRules;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.LeafDefinition;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws up the matrix of fields from what the planner says of a running tenant. */
final class FieldMatrix {
    private static final String HEADER = """
            # What changing a field does

            Made from the planner by `FieldMatrixTest`, one sample change of every field of the resource on a running tenant of the
            local backend; `-Dhcp.goldens=write` writes it anew. A field without a sample fails the test. `metadata.name` is not a
            field to change: another name is another tenant.

            - **live**: no component is touched; the API answers throughout.
            - **restart**: the named components are restarted, clients before servers, and the API does not answer for at most the
              predicted gap. The prediction is the one for a tenant of which no step has been measured yet; plans of a tenant use
              its own times, with a margin of a half.
            - **never**: refused for the tenant's life, with code `Immutable`, because nodes, certificates or data rely on it.
            - **not here**: refused by this backend, with code `NotSupportedByBackend`.

            **Roll** tells which pods the kubernetes backend exchanges for the change, one by one: `replicas` of the control plane,
            a new one first; `members` of etcd, whose absence is an API gap if there is only one; `blocked` if what is there
            stands against it, and the plan tells what.

            | Field | Sample | Effect | What is done | API gap | Roll |
            |---|---|---|---|---|---|
            """;

    private static final Set<String> ALWAYS = Set.of("provide programs", "record description", "await readiness");
    private static final int MAX_SHOWN = 40;

    private static final PodRolls ROLLS = new PodRolls();
    private static final TenantControlPlane BASE =
            SpecDefaults.resolve(FieldSamples.base("acme").withTenantId("t234bcdfghjkmnpq"), Optional.empty());
    private static final TenantRecord RECORD = TenantRecord.of(BASE, new Ports(20_001, 20_002, 20_003, 20_004, 20_005))
            .asServed()
            .asBootstrapped();

    private FieldMatrix() {}

    /** One field. */
    record Row(String field, String sample, String effect, String done, String gap, String roll) {
        @Override
        public String toString() {
            return "| `" + field + "` | " + sample + " | " + effect + " | " + done + " | " + gap + " | " + roll
                    + " |\n";
        }
    }

    static String document() {
        return FieldSamples.all().stream()
                .map(sample -> row(sample).toString())
                .collect(Collectors.joining("", HEADER, ""));
    }

    static Row row(FieldSample sample) {
        TenantControlPlane wanted = SpecDefaults.resolve(sample.change().apply(BASE), Optional.of(BASE));
        SpecValidator.check(wanted);
        String shown = shown(sample.path(), wanted);
        String roll = ROLLS.of(sample);
        try {
            SpecValidator.check(wanted, LocalRules.ALL);
            SpecValidator.checkChange(RECORD.servedSpec(), wanted);
        } catch (InvalidSpecException e) {
            return new Row(sample.path(), shown, refusal(sample, e.problems()), "", "", roll);
        }
        Plan plan = plan(wanted);
        String done = plan.steps().stream()
                .map(PlanStep::id)
                .filter(id -> !ALWAYS.contains(id) && !id.startsWith("stop ") && !id.startsWith("start "))
                .collect(Collectors.joining(", "));
        if (plan.touches().isEmpty()) {
            return new Row(sample.path(), shown, "live", done.isEmpty() ? "recorded" : done, "none", roll);
        }
        String components = plan.touches().stream().map(Component::toString).collect(Collectors.joining(", "));
        return new Row(
                sample.path(),
                shown,
                "restart",
                (done.isEmpty() ? "" : done + "; ") + components,
                plan.apiGap().isZero() ? "none" : plan.apiGap().toSeconds() + " s",
                roll);
    }

    /** In which of the two expected ways a backend refuses a change. */
    static String refusal(FieldSample sample, List<Problem> problems) {
        boolean immutable = problems.stream().allMatch(problem -> problem.code().equals("Immutable"));
        boolean elsewhere = problems.stream().allMatch(problem -> problem.code().equals("NotSupportedByBackend"));
        if (immutable == elsewhere) {
            throw new AssertionError(sample + " is refused for another reason: " + problems);
        }
        return immutable ? "never" : "not here";
    }

    /** The value before and after; empty if the field did not change. */
    private static String shown(String path, TenantControlPlane wanted) {
        SortedMap<String, String> before = Documents.values(BASE);
        SortedMap<String, String> after = Documents.values(wanted);
        SortedMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        return all.keySet().stream()
                .filter(concrete -> concrete.replaceAll("\\[[^\\]]*\\]", "[]").equals(path))
                .filter(concrete ->
                        !Optional.ofNullable(before.get(concrete)).equals(Optional.ofNullable(after.get(concrete))))
                .map(concrete -> key(concrete) + shown(before.get(concrete)) + " → " + shown(after.get(concrete)))
                .collect(Collectors.joining(", "));
    }

    /** Which entry of a map it is. */
    private static String key(String concrete) {
        return concrete.endsWith("]") ? "`" + concrete.substring(concrete.lastIndexOf('[')) + "` " : "";
    }

    private static String shown(@Nullable String value) {
        if (value == null) {
            return "unset";
        }
        String line = value.lines().findFirst().orElse("").replace("|", "\\|");
        boolean whole = line.length() <= MAX_SHOWN && line.equals(value);
        return "`" + (whole ? line : line.substring(0, Math.min(line.length(), MAX_SHOWN)) + "...") + "`";
    }

    private static Plan plan(TenantControlPlane wanted) {
        return Planner.apply(
                        PlanKind.APPLY,
                        wanted,
                        blueprint(TenantRecord.planned(wanted, Optional.of(RECORD))),
                        observed(wanted))
                .plan();
    }

    private static Blueprint blueprint(TenantRecord record) {
        return Blueprint.of(new BlueprintInput(
                record.spec(),
                ReleaseCatalog.bundled().find(record.spec().kubernetesVersion()).orElseThrow(),
                record.ports(),
                record.encryption(),
                new TenantLayout(Path.of("/data/tenants/acme")),
                record.renderRevision()));
    }

    private static Observed observed(TenantControlPlane wanted) {
        Map<Component, List<String>> running = new EnumMap<>(Component.class);
        blueprint(RECORD).components().forEach((component, drawn) -> running.put(component, List.of(drawn.digest())));
        return new Observed(
                Optional.of(RECORD), true, outdated(wanted), List.of(), true, running, 1L << 40, false, Map.of());
    }

    private static List<String> outdated(TenantControlPlane wanted) {
        List<LeafDefinition> issued = CertificateBlueprint.definitions(BASE);
        return CertificateBlueprint.definitions(wanted).stream()
                .filter(leaf -> issued.stream().noneMatch(present -> fits(present, leaf)))
                .map(LeafDefinition::path)
                .toList();
    }

    /** How long a certificate is valid does not count: it is issued again when it has to be anyway. */
    private static boolean fits(LeafDefinition present, LeafDefinition wanted) {
        CertificateTemplate template = wanted.template();
        return present.path().equals(wanted.path())
                && present.algorithm() == wanted.algorithm()
                && present.template().commonName().equals(template.commonName())
                && present.template().dnsNames().equals(template.dnsNames())
                && present.template().ipAddresses().equals(template.ipAddresses());
    }
}
