package io.hcp.testbed.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.hcp.core.internal.spec.form.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What changing each field does: a document that is made from the planner, and compared here. */
class FieldMatrixTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("basedir", "")).resolve("../docs/field-matrix.md");

    static List<FieldSample> samples() {
        return FieldSamples.all();
    }

    @Test
    void samples_fields_areThoseOfTheResource() {
        assertThat(FieldSamples.all()).extracting(FieldSample::path).containsExactlyElementsOf(Documents.paths());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sample_itsField_isChanged(FieldSample sample) {
        assertThat(FieldMatrix.row(sample).sample()).isNotEmpty();
    }

    @Test
    void document_planner_saysTheSame() throws IOException {
        String made = FieldMatrix.document();
        if (System.getProperty("hcp.goldens", "").equals("write")) {
            Files.writeString(DOCUMENT, made);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(made);
    }
}
