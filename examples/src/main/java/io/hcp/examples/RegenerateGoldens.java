package io.hcp.examples;

import io.hcp.testbed.catalog.GoldenRegenerator;
import java.nio.file.Path;

/** Makes the text of what the real kubeadm does anew: {@code MINOR}, for example {@code 1.36}. */
public final class RegenerateGoldens {
    private RegenerateGoldens() {}

    /**
     * Writes one golden into the source tree.
     *
     * @param arguments the minor
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: examples/run regenerate-goldens MINOR, for example 1.36");
            System.exit(2);
        }
        GoldenRegenerator.regenerate(Path.of(System.getProperty("hcp.top")), arguments[0], System.out);
    }
}
