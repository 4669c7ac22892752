package io.hcp.core.internal.cluster.resource;

import java.util.List;
import java.util.stream.Stream;

/** All that the library needs in the under cluster once, beside all tenants. Pure. */
public final class InstalledObjects {
    /** Rises with every change of these objects, so that an older library leaves a newer one's alone. */
    public static final int REVISION = 1;

    private InstalledObjects() {}

    /** {@return the objects, definitions first} */
    public static List<InstalledObject> all() {
        return Stream.concat(Stream.of(TenantDefinition.object()), Roles.all().stream())
                .toList();
    }
}
