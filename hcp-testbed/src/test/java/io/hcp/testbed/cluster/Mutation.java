package io.hcp.testbed.cluster;

import io.hcp.core.fixture.Seeds.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Spoils a tree at one place, in any way that somebody could write. */
final class Mutation {
    private static final List<Object> VALUES = Collections.unmodifiableList(Arrays.asList(
            "",
            " ",
            "x",
            "X",
            "a.b",
            "-",
            "*",
            "*.",
            "*.*",
            "/",
            "/a*b",
            "true",
            "1.36",
            "1.36.3",
            "v1.37.0",
            "1.36.3-rc.0",
            "10.0.0.5/8",
            "10.0.0.0/8",
            "fd00::/64",
            "fd00:0::/64",
            "10.0.0.0/33",
            "999.1.1.1",
            "127.0.0.1",
            "0.0.0.0",
            "::",
            "::ffff:10.0.0.1",
            "0000000001::",
            "1:2:3:4:5:6:7::",
            "01.2.3.4",
            "1h",
            "-5s",
            "5",
            "0",
            "1.5h",
            "8760h0m0s",
            "1d",
            "9".repeat(19) + "h",
            "8Gi",
            "8gi",
            "0.1",
            "100000000.5",
            "-1Gi",
            "1e3",
            "9".repeat(18) + "P",
            "8191Pi",
            "8192Pi",
            "9".repeat(9),
            "9".repeat(7) + "m",
            "2m",
            "90001ms",
            "ClusterIP",
            "LoadBalancer",
            "loadbalancer",
            "https://a.example",
            "HTTPS://a.example/b",
            "http://a.example",
            "https://u@a",
            "https://a?b",
            "https://",
            "Metadata",
            "Delete",
            "RSA-2048",
            "x".repeat(41),
            "x".repeat(300),
            "snow\u2603",
            -1,
            0,
            1,
            9,
            10,
            80,
            65_535,
            65_536,
            2_147_483_648L,
            99_999_999_999L,
            Long.MAX_VALUE,
            1.5,
            true,
            false,
            null,
            List.of(),
            List.of("a"),
            List.of("a", "a"),
            List.of(1),
            List.of("10.0.0.0/8", "10.0.0.0/8"),
            List.of("fd00::/112", "10.0.0.0/16"),
            List.of("10.0.0.0/16", "10.1.0.0/16", "fd00::/112"),
            Map.of(),
            Map.of("a", "b"),
            Map.of("secretName", "a")));

    private final Seeded seed;

    Mutation(Seeded seed) {
        this.seed = seed;
    }

    /** Changes the tree, and tells how. */
    String spoil(Map<String, Object> tree) {
        List<Place> places = new ArrayList<>();
        collect(Objects.requireNonNull(tree.get("spec")), "spec", places);
        Place place = seed.oneOf(places);
        if (seed.random().nextInt(12) == 0) {
            place.remove();
            return place.path + " removed";
        }
        Object value = seed.oneOf(VALUES);
        place.set(value);
        return place.path + " = " + value;
    }

    /** Something that can be replaced, in a map or a list. */
    private record Place(Object holder, Object key, String path) {
        @SuppressWarnings("unchecked")
        void set(Object value) {
            if (holder instanceof Map<?, ?> map) {
                ((Map<Object, Object>) map).put(key, value);
            } else {
                ((List<Object>) holder).set((Integer) key, value);
            }
        }

        void remove() {
            if (holder instanceof Map<?, ?> map) {
                map.remove(key);
            } else {
                ((List<?>) holder).remove((int) (Integer) key);
            }
        }
    }

    private static void collect(Object tree, String path, List<Place> places) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                places.add(new Place(map, name, path + "." + name));
                collect(value, path + "." + name, places);
            });
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                places.add(new Place(list, i, path + "[" + i + "]"));
                collect(list.get(i), path + "[" + i + "]", places);
            }
        }
    }
}
