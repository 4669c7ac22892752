package io.hcp.core.internal.cluster.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.core.fixture.Goldens;
import io.hcp.core.internal.spec.rules.ChangeRules;
import io.hcp.core.internal.yaml.PortableYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledObjectsTest {
    @Test
    void definition_yaml_isTheGolden() {
        Goldens.assertMatches(
                InstalledObjectsTest.class,
                "tenantcontrolplanes",
                PortableYaml.write(TenantDefinition.object().tree()));
    }

    @Test
    void roles_yaml_areTheGolden() {
        StringBuilder yaml = new StringBuilder();
        Roles.all().forEach(role -> yaml.append("---\n").append(PortableYaml.write(role.tree())));
        Goldens.assertMatches(InstalledObjectsTest.class, "roles", yaml.toString());
    }

    @Test
    void schema_everyField_isDescribedInOneLine() {
        List<String> without = new ArrayList<>();
        undescribed(TenantDefinition.schema().tree(), "", without);

        assertThat(without).containsExactly("metadata", "metadata.name");
    }

    private static void undescribed(Map<?, ?> schema, String path, List<String> found) {
        Object text = schema.get("description");
        if (!(text instanceof String description) || description.contains("\n")) {
            found.add(path);
        }
        if (schema.get("properties") instanceof Map<?, ?> fields) {
            fields.forEach((name, field) ->
                    undescribed((Map<?, ?>) field, path.isEmpty() ? "" + name : path + "." + name, found));
        }
        if (schema.get("items") instanceof Map<?, ?> items && items.containsKey("properties")) {
            undescribed(items, path + "[]", found);
        }
    }

    @Test
    void schema_whatCannotBeChanged_hasATransitionRule() {
        for (String path : ChangeRules.fixedPaths()) {
            TenantDefinition.schema().at(path, field -> {
                assertThat(field.tree().get("x-kubernetes-validations"))
                        .as(path)
                        .asString()
                        .contains("oldSelf");
                return field;
            });
        }
        assertThat(ChangeRules.fixedPaths()).hasSize(11);
    }

    @Test
    void at_fieldThatIsNot_isToldApart() {
        assertThatThrownBy(() -> TenantDefinition.schema().at("spec.pki.colour", field -> field))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
    }
}
