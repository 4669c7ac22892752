package io.hcp.core.internal.local;

import io.hcp.core.internal.component.ComponentResolver;
import io.hcp.core.internal.progress.ListenerDispatch;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * What the tenants of one local backend share.
 *
 * @param dataDirectory where tenants are kept, absolute
 * @param programs finds programs
 * @param marks environment variables that all processes get
 * @param listener tells of everything
 * @param clock tells the time for certificates
 * @param random chooses ports and tenant ids
 * @param executor runs blocking work, as many tasks at a time as there are
 */
record Settings(
        Path dataDirectory,
        ComponentResolver programs,
        Map<String, String> marks,
        ListenerDispatch listener,
        Clock clock,
        RandomGenerator random,
        ExecutorService executor) {
    /** {@return where a tenant's files are} */
    Path tenantDirectory(String name) {
        return dataDirectory.resolve("tenants").resolve(name);
    }

    /** {@return where authorities that callers bring are looked for, each in a directory of its name} */
    Path secrets() {
        return dataDirectory.resolve("secrets");
    }

    /** {@return the lock that whoever changes or watches a tenant holds} */
    Path tenantLock(String name) {
        return dataDirectory.resolve("locks").resolve(name + ".lock");
    }

    /** {@return the lock that whoever chooses ports holds; its name cannot be a tenant's} */
    Path portsLock() {
        return dataDirectory.resolve("locks").resolve("_ports.lock");
    }

    /** {@return the names of all tenants, sorted; what cannot be a tenant's is somebody else's and passed over} */
    List<String> tenantNames() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(dataDirectory.resolve("tenants"))) {
            directories.forEach(directory -> names.add(String.valueOf(directory.getFileName())));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw PrivateFiles.failure("list", dataDirectory, e);
        } catch (DirectoryIteratorException e) {
            throw PrivateFiles.failure("list", dataDirectory, new IOException(e));
        }
        return names.stream().filter(SpecValidator::isName).sorted().toList();
    }
}
