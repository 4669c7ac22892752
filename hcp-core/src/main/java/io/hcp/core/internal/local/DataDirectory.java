package io.hcp.core.internal.local;

import io.hcp.core.internal.blueprint.TenantLayout;
import io.hcp.core.internal.spec.SpecValidator;
import io.hcp.pki.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are in the directory that holds all tenants of a machine.
 *
 * @param root the directory, absolute
 */
record DataDirectory(Path root) {
    /** {@return where a tenant's files are} */
    TenantLayout tenant(String name) {
        return new TenantLayout(root.resolve("tenants").resolve(name));
    }

    /** {@return where the files of a tenant are that was put aside; an id has no dash, so that no two share a name} */
    TenantLayout retained(String name, String tenantId) {
        return new TenantLayout(root.resolve("retained").resolve(name + "-" + tenantId));
    }

    /** {@return where authorities that callers bring are looked for, each in a directory of its name} */
    Path secrets() {
        return root.resolve("secrets");
    }

    /** {@return the lock that whoever changes or watches a tenant holds} */
    Path tenantLock(String name) {
        return root.resolve("locks").resolve(name + ".lock");
    }

    /** {@return the lock that whoever chooses ports holds; its name cannot be a tenant's} */
    Path portsLock() {
        return root.resolve("locks").resolve("_ports.lock");
    }

    /** {@return the names of all tenants, sorted; what cannot be a tenant's is somebody else's and passed over} */
    List<String> tenants() {
        return names(root.resolve("tenants"))
                .filter(SpecValidator::isName)
                .sorted()
                .toList();
    }

    /** {@return where the files of each tenant are that was put aside} */
    List<TenantLayout> retained() {
        Path all = root.resolve("retained");
        return names(all)
                .filter(name -> name.lastIndexOf('-') > 0)
                .map(name -> new TenantLayout(all.resolve(name)))
                .toList();
    }

    /** {@return the name of a tenant that was put aside} */
    static String retainedName(TenantLayout aside) {
        String name = String.valueOf(aside.root().getFileName());
        return name.substring(0, name.lastIndexOf('-'));
    }

    private Stream<String> names(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw PrivateFiles.failure("list", root, e);
        } catch (DirectoryIteratorException e) {
            throw PrivateFiles.failure("list", root, new IOException(e));
        }
        return names.stream();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
