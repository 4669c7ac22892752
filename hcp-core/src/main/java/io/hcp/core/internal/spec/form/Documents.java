package io.hcp.core.internal.spec.form;

import io.hcp.api.error.InvalidSpecException;
import io.hcp.api.model.TenantControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Descriptions as documents: the resource {@code TenantControlPlane} in YAML or JSON. */
public final class Documents {
    private static final String SPEC = "spec.";

    private Documents() {}

    /**
     * Reads a description.
     *
     * @param text YAML or JSON
     * @return the description; its rules are not checked
     * @throws InvalidSpecException with everything that is no field or has the wrong form
     */
    public static TenantControlPlane read(String text) {
        return read(TenantForm.TENANT, text);
    }

    /**
     * Writes a description as YAML.
     *
     * @param tenant the description
     * @return what {@link #read(String)} reads
     */
    public static String toYaml(TenantControlPlane tenant) {
        return toYaml(TenantForm.TENANT, tenant);
    }

    /**
     * Writes a description as JSON.
     *
     * @param tenant the description
     * @return what {@link #read(String)} reads
     */
    public static String toJson(TenantControlPlane tenant) {
        return JsonText.write(TenantForm.TENANT.write(tenant));
    }

    /**
     * Writes anything that has a form as JSON.
     *
     * @param form the form
     * @param model what to write
     * @param <T> its type
     * @return what {@link #read(ObjectForm, String)} reads
     */
    public static <T> String toJson(ObjectForm<T, ?> form, T model) {
        return JsonText.write(form.write(model));
    }

    /**
     * Reads a description that is not text any more.
     *
     * @param tree the resource: maps, lists, texts, numbers, truth values
     * @return the description; its rules are not checked
     * @throws InvalidSpecException with everything that is no field or has the wrong form
     */
    public static TenantControlPlane read(Map<String, Object> tree) {
        Problems problems = new Problems();
        Optional<TenantControlPlane> read = TenantForm.TENANT.read(tree, "", problems);
        problems.throwIfAny();
        return read.orElseThrow();
    }

    /**
     * Writes anything that has a form as YAML.
     *
     * @param form the form
     * @param model what to write
     * @param <T> its type
     * @return what {@link #read(ObjectForm, String)} reads
     */
    public static <T> String toYaml(ObjectForm<T, ?> form, T model) {
        return YamlText.write(form.write(model));
    }

    /**
     * Reads anything that has a form.
     *
     * @param form the form
     * @param text YAML or JSON
     * @param <T> its type
     * @return what was read
     * @throws InvalidSpecException with everything that is no field or has the wrong form
     */
    public static <T> T read(ObjectForm<T, ?> form, String text) {
        Problems problems = new Problems();
        @Nullable Object tree = YamlText.read(text);
        if (tree == null) {
            problems.add("WrongType", "", "", "write a TenantControlPlane");
        }
        Optional<T> read = Optional.ofNullable(tree).flatMap(found -> form.read(found, "", problems));
        problems.throwIfAny();
        return read.orElseThrow();
    }

    /**
     * Returns the fields of the resource that a user can set.
     *
     * @return their paths in the order of the resource, those within a list or map with {@code []}
     */
    public static List<String> paths() {
        return TenantForm.TENANT.paths("").filter(path -> path.startsWith(SPEC)).toList();
    }

    /**
     * Returns what a description sets, field by field.
     *
     * @param tenant the description
     * @return values as one line of text each, unless they have several of their own, by their paths, for example
     *     {@code spec.controlPlane.apiServer.extraArgs["v"]}
     */
    public static SortedMap<String, String> values(TenantControlPlane tenant) {
        SortedMap<String, String> values = new TreeMap<>();
        TenantForm.TENANT.visit(TenantForm.TENANT.write(tenant), "", (path, value) -> {
            if (path.startsWith(SPEC)) {
                values.put(path, String.valueOf(value));
            }
        });
        return values;
    }
}
