package io.hcp.testbed.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hcp.api.error.HcpException;
import io.hcp.api.model.TenantControlPlane;
import io.hcp.core.HostedControlPlanes;
import io.hcp.core.Manifests;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README tells newcomers to type. */
class ReadmeTest {
    private static final Pattern MANIFEST = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROGRAM = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    static String program(String readme) {
        Matcher matcher = PROGRAM.matcher(readme);
        assertThat(matcher.find()).as("README has a Java program").isTrue();
        return matcher.group(1);
    }

    @Test
    void program_compiles(@TempDir Path classes) throws Exception {
        String source = program(Files.readString(Path.of("..", "README.md")));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Acme.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };

        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(file))
                .call();

        assertThat(compiled).as(messages.toString()).isTrue();
    }

    @Test
    void manifest_isReadAndCanBePlanned(@TempDir Path data) throws Exception {
        Matcher matcher = MANIFEST.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(matcher.find()).as("README has a manifest").isTrue();
        TenantControlPlane acme = Manifests.read(matcher.group(1));

        try (HostedControlPlanes hcp = HostedControlPlanes.local(o -> o.dataDirectory(data))) {
            // All that stands in the way is the authority, which is nowhere here.
            assertThatExceptionOfType(HcpException.class)
                    .isThrownBy(() -> hcp.plan(acme))
                    .withMessageContaining(
                            data.toRealPath().resolve("secrets/acme-ca/tls.crt").toString());
            assertThat(hcp.plan(acme.withPki(pki -> pki.authorities(a -> a.cluster(Optional.empty()))))
                            .steps())
                    .isNotEmpty();
        }
    }

    @Test
    void readme_isShort() throws Exception {
        assertThat(Files.readAllLines(Path.of("..", "README.md"))).hasSizeLessThanOrEqualTo(150);
    }
}
