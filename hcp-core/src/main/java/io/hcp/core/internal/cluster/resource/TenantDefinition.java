package io.hcp.core.internal.cluster.resource;

import io.hcp.core.internal.spec.form.Schema;
import io.hcp.core.internal.spec.form.TenantForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The definition of kind {@code TenantControlPlane}. */
public final class TenantDefinition {
    /** The group of this library's kinds. */
    public static final String GROUP = "hcp.io";

    /** The version of the group. */
    public static final String VERSION = "v1alpha1";

    /** The kind's name in paths. */
    public static final String PLURAL = "tenantcontrolplanes";

    /** The definition's name. */
    public static final String NAME = PLURAL + "." + GROUP;

    private TenantDefinition() {}

    static InstalledObject object() {
        return InstalledObject.of(
                "apiextensions.k8s.io/v1",
                "CustomResourceDefinition",
                NAME,
                Map.of(
                        "spec",
                        ordered(
                                "group",
                                GROUP,
                                "scope",
                                "Namespaced",
                                "names",
                                names(),
                                "versions",
                                List.of(version()))));
    }

    /** Not in category {@code all}: {@code kubectl delete all --all} shall take no tenant with it. */
    private static Map<String, Object> names() {
        return ordered(
                "kind",
                "TenantControlPlane",
                "listKind",
                "TenantControlPlaneList",
                "plural",
                PLURAL,
                "singular",
                "tenantcontrolplane",
                "shortNames",
                List.of("tcp"),
                "categories",
                List.of("hcp"));
    }

    private static Map<String, Object> version() {
        return ordered(
                "name",
                VERSION,
                "served",
                true,
                "storage",
                true,
                "subresources",
                ordered(
                        "status",
                        Map.of(),
                        "scale",
                        ordered(
                                "specReplicasPath", ".spec.controlPlane.replicas",
                                "statusReplicasPath", ".status.replicas",
                                "labelSelectorPath", ".status.selector")),
                "additionalPrinterColumns",
                List.of(
                        column("Version", "string", ".status.version", 0),
                        column("Phase", "string", ".status.phase", 0),
                        column("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status", 0),
                        column("Step", "string", ".status.step", 0),
                        column("Endpoint", "string", ".status.endpoint", 0),
                        column("Replicas", "integer", ".status.readyReplicas", 0),
                        // As text: kubectl tells a date as age, and these are in the future.
                        column("Certificate expiry", "string", ".status.certificateExpiry", 1),
                        column("Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason", 1),
                        column("Age", "date", ".metadata.creationTimestamp", 0)),
                "schema",
                Map.of("openAPIV3Schema", schema().tree()));
    }

    private static Map<String, Object> column(String name, String type, String path, int priority) {
        Map<String, Object> column = ordered("name", name, "type", type, "jsonPath", path);
        if (priority > 0) {
            column.put("priority", priority);
        }
        return column;
    }

    /** {@return what a resource may be; the API server itself takes care of the API, the kind and most metadata} */
    static Schema schema() {
        Schema tenant = TenantDescriptions.describe(TenantLimits.limit(TenantForm.TENANT.schema()));
        Schema text = Schema.of("string");
        Map<String, Schema> properties = new LinkedHashMap<>(tenant.properties());
        properties.put("apiVersion", text.describedAs("The version of this resource's form."));
        properties.put("kind", text.describedAs("The kind of this resource."));
        properties.computeIfPresent("metadata", (name, metadata) -> Schema.fields(metadata.properties(), List.of()));
        properties.put("status", StatusForm.schema());
        return tenant.with("properties", properties).with("required", List.of("spec"));
    }

    /** Fields in the order in which they are read best. */
    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
