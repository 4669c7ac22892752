package io.hcp.testbed.pods;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Watches of a tenant's objects, each over a connection of its own: one of the endpoints of {@code default/kubernetes}, all
 * others of the ConfigMap that {@link SteadyLoad} writes. A watch that its server ends is opened again where it was. That
 * is how clients live with watches, so it is no failure; one that cannot be opened, or that breaks in the middle, is.
 */
final class OpenWatches implements AutoCloseable {
    private static final String ENDPOINTS =
            "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io/service-name=kubernetes";
    private static final String LOAD =
            "/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name=" + SteadyLoad.NAME;
    private static final long PAUSE_MILLIS = 200;
    private static final int GONE = 410;
    private static final int OK = 200;

    private final TenantAccess access;
    private final ScheduledExecutorService threads;
    private final List<Following> watches = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** The state of one watch. */
    private static final class Following {
        final String path;
        final Class<? extends KubernetesResourceList<? extends HasMetadata>> list;
        final Set<Integer> numbers = ConcurrentHashMap.newKeySet();
        final Map<String, Integer> addresses = new HashMap<>();
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger listed = new AtomicInteger();
        final AtomicInteger events = new AtomicInteger();
        volatile int fewest = Integer.MAX_VALUE;

        Following(String path, Class<? extends KubernetesResourceList<? extends HasMetadata>> list) {
            this.path = path;
            this.list = list;
        }
    }

    OpenWatches(TenantAccess access, int count) {
        this.access = access;
        threads = Executors.newScheduledThreadPool(count);
        for (int index = 0; index < count; index++) {
            Following watch = index == 0
                    ? new Following(ENDPOINTS, EndpointSliceList.class)
                    : new Following(LOAD, ConfigMapList.class);
            watches.add(watch);
            goOn(watch, "", 0);
        }
    }

    boolean areOpen() {
        return watches.stream().allMatch(watch -> watch.opened.get() > 0);
    }

    /** How often a watch was opened after it had been. */
    int reopened() {
        return watches.stream().mapToInt(watch -> watch.opened.get() - 1).sum();
    }

    /** How often a watch could not go on where it was, and began with a list. */
    int relisted() {
        return watches.stream().mapToInt(watch -> watch.listed.get() - 1).sum();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** The smallest number of addresses that {@code default/kubernetes} ever had. */
    int fewestEndpoints() {
        return watches.get(0).fewest;
    }

    int endpointEvents() {
        return watches.get(0).events.get();
    }

    /** How many watches were told of all these numbers. */
    long complete(List<Integer> numbers) {
        return watches.stream()
                .skip(1)
                .filter(watch -> watch.numbers.containsAll(numbers))
                .count();
    }

    /** Goes on from a version; without one, begins with a list. */
    private void follow(Following watch, String version) {
        String next = version;
        long pause = 0;
        try {
            next = version.isEmpty() ? list(watch) : watch(watch, version);
        } catch (IOException | RuntimeException e) {
            pause = PAUSE_MILLIS;
            if (!closed) {
                failures.add(Timeline.now() + " watch " + watches.indexOf(watch) + ": " + e);
            }
        } catch (InterruptedException e) {
            return;
        }
        goOn(watch, next, pause);
    }

    private synchronized void goOn(Following watch, String version, long pause) {
        if (!closed) {
            var unused = threads.schedule(() -> follow(watch, version), pause, TimeUnit.MILLISECONDS);
        }
    }

    private String list(Following watch) throws IOException, InterruptedException {
        HttpResponse<String> answer = access.newClient().send(get(watch.path), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("a list got " + answer.statusCode());
        }
        KubernetesResourceList<? extends HasMetadata> list = Serialization.unmarshal(answer.body(), watch.list);
        watch.addresses.clear();
        for (HasMetadata item : list.getItems()) {
            note(watch, "ADDED", item);
        }
        count(watch);
        watch.listed.incrementAndGet();
        return list.getMetadata().getResourceVersion();
    }

    /** Returns where to go on; nothing if that cannot be but by listing. */
    private String watch(Following watch, String from) throws IOException, InterruptedException {
        HttpClient client = access.newClient();
        HttpResponse<Stream<String>> answer = client.send(
                get(watch.path + "&watch=true&allowWatchBookmarks=true&resourceVersion=" + from),
                HttpResponse.BodyHandlers.ofLines());
        String version = from;
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() != OK) {
                return unlessGone(answer.statusCode());
            }
            watch.opened.incrementAndGet();
            for (String line : (Iterable<String>) lines::iterator) {
                WatchEvent event = Serialization.unmarshal(line, WatchEvent.class);
                Object object = event.getObject();
                if (object instanceof Status status) {
                    return unlessGone(status.getCode());
                }
                note(watch, event.getType(), (HasMetadata) object);
                version = ((HasMetadata) object).getMetadata().getResourceVersion();
            }
        } catch (UncheckedIOException e) {
            throw new IOException("broke: " + e.getMessage(), e);
        }
        return version;
    }

    private static String unlessGone(int code) throws IOException {
        if (code != GONE) {
            throw new IOException("it got " + code);
        }
        return "";
    }

    private static void note(Following watch, String type, HasMetadata object) {
        if (type.equals("BOOKMARK")) {
            return;
        }
        watch.events.incrementAndGet();
        if (object instanceof ConfigMap load) {
            watch.numbers.add(Integer.valueOf(load.getData().get(SteadyLoad.NUMBER)));
        } else if (object instanceof EndpointSlice slice) {
            int addresses = type.equals("DELETED")
                    ? 0
                    : slice.getEndpoints().stream()
                            .mapToInt(endpoint -> endpoint.getAddresses().size())
                            .sum();
            watch.addresses.put(slice.getMetadata().getName(), addresses);
            count(watch);
        }
    }

    private static void count(Following watch) {
        watch.fewest = Math.min(
                watch.fewest,
                watch.addresses.values().stream().mapToInt(Integer::intValue).sum());
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create(access.endpoint() + path))
                .timeout(TenantAccess.LIMIT)
                .build();
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.shutdownNow();
    }
}
