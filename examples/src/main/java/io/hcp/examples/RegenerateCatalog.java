package io.hcp.examples;

import io.hcp.testbed.catalog.CatalogRegenerator;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the data of the release catalog anew: {@code MINOR [ETCD]}, for example {@code 1.36}. */
public final class RegenerateCatalog {
    private RegenerateCatalog() {}

    /**
     * Writes one data file into the source tree.
     *
     * @param arguments the minor, and for a new one the version of etcd that goes with it
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: examples/run regenerate-catalog MINOR [ETCD], for example 1.36");
            System.exit(2);
        }
        Optional<String> etcd = arguments.length == 2 ? Optional.of(arguments[1]) : Optional.empty();
        CatalogRegenerator.regenerate(Path.of(System.getProperty("hcp.top")), arguments[0], etcd, System.out);
    }
}
