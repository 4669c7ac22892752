package io.hcp.core.internal.tenant;

import static io.hcp.core.internal.blueprint.FirstRoles.ENGINE;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.HealthCheck;
import io.hcp.core.internal.blueprint.TenantObject;
import io.hcp.core.internal.time.Time;
import io.hcp.core.internal.usage.ApiMetrics;
import io.hcp.core.internal.usage.Reading;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.TenantPki;
import io.hcp.pki.TlsContexts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Speaks HTTPS with the components of one tenant, as the user {@code hcp:engine}. Its client certificates live an hour
 * at most and only in memory. Thread-safe.
 */
public final class TenantClient {
    private static final String MASTERS = "system:masters";

    /** May ask for health and metrics and nothing else; every API server binds it when it starts. */
    private static final String MONITORING = "system:monitoring";

    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final Duration RENEW_AFTER = Duration.ofMinutes(40);
    private static final Duration ONE_TIME_VALIDITY = Duration.ofMinutes(10);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final Supplier<TenantPki> pki;
    private final Clock clock;
    private final boolean master;
    private final Map<Authority, Session> sessions = new EnumMap<>(Authority.class);

    /**
     * Makes a client; nothing is read or sent.
     *
     * @param pki reads the tenant's authorities
     * @param clock tells how long certificates are valid
     */
    public TenantClient(Supplier<TenantPki> pki, Clock clock) {
        this(pki, clock, false);
    }

    private TenantClient(Supplier<TenantPki> pki, Clock clock, boolean master) {
        this.pki = pki;
        this.clock = clock;
        this.master = master;
    }

    /**
     * Makes a client for where connections are dear: it asks and writes over the same one, and so asks with the rights to
     * write, too. Nothing is read or sent.
     *
     * @param pki reads the tenant's authorities
     * @param clock tells how long certificates are valid
     * @return the client
     */
    public static TenantClient overOneConnection(Supplier<TenantPki> pki, Clock clock) {
        return new TenantClient(pki, clock, true);
    }

    private record Session(HttpClient client, Instant renewAt) {}

    /**
     * Asks a component.
     *
     * @param health where it is
     * @param path what to ask
     * @param limit how long to wait at most
     * @return true if it answers 200 within the limit
     */
    public boolean answers(HealthCheck health, String path, Duration limit) {
        return get(health, path, limit)
                .filter(response -> response.statusCode() == 200)
                .isPresent();
    }

    /**
     * Reads what a component has to say.
     *
     * @param health where it is
     * @param path what to ask
     * @param limit how long to wait at most
     * @return the answer, whatever it is; empty if there is none within the limit
     */
    public Optional<HttpResponse<String>> get(HealthCheck health, String path, Duration limit) {
        HttpRequest request =
                HttpRequest.newBuilder(health.url(path)).timeout(limit).build();
        try {
            HttpClient client = session(health.trust()).client();
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (SSLException e) {
            forget(health.trust());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
    }

    /**
     * Reads the metrics of an API server, as they come.
     *
     * @param health where it is
     * @param limit how long to wait at most, from the beginning of the request to the end of the answer
     * @return what it says; or why it says nothing
     */
    public Reading<ApiMetrics> metrics(HealthCheck health, Duration limit) {
        HttpRequest request = HttpRequest.newBuilder(health.url("/metrics"))
                .timeout(limit)
                .header("Accept", "text/plain")
                .header("Accept-Encoding", "gzip") // a twentieth
                .build();
        try {
            HttpResponse<InputStream> response =
                    session(health.trust()).client().send(request, HttpResponse.BodyHandlers.ofInputStream());
            return MetricsAnswer.read(response, limit);
        } catch (SSLException e) {
            forget(health.trust());
            return Reading.failed(e.toString());
        } catch (IOException e) {
            return Reading.failed(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
    }

    /**
     * Writes objects in the tenant as a member of {@code system:masters}, with a certificate that is made for this call
     * and forgotten after it unless there is one for all calls.
     *
     * @param apiServer where to
     * @param objects what to write, in this order
     * @throws HcpException with kind {@code TENANT_API} if the API server refuses or does not answer
     */
    public void write(URI apiServer, List<TenantObject> objects) {
        HttpClient client = master
                ? session(Authority.CLUSTER).client()
                : connect(pki.get(), Authority.CLUSTER, CertificateTemplate.client(ENGINE, ONE_TIME_VALIDITY, MASTERS));
        objects.forEach(object -> write(client, apiServer, object));
    }

    private static void write(HttpClient client, URI apiServer, TenantObject object) {
        URI uri = apiServer.resolve(object.keep() ? object.collection() : object.collection() + "/" + object.name());
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(object.json());
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(30));
        if (object.keep()) {
            request.uri(uri).header("Content-Type", "application/json").POST(body);
        } else {
            request.uri(URI.create(uri + "?fieldManager=hcp&force=true"))
                    .header("Content-Type", "application/apply-patch+yaml")
                    .method("PATCH", body);
        }
        send(client, request.build(), object.keep());
    }

    private static void send(HttpClient client, HttpRequest request, boolean mayExist) {
        Optional<String> problem;
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            int code = response.statusCode();
            boolean done = code == 200 || code == 201 || (mayExist && code == 409);
            problem = done ? Optional.empty() : Optional.of(code + " " + response.body());
        } catch (IOException e) {
            problem = Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
        problem.ifPresent(answer -> {
            throw new HcpException(
                    ErrorKind.TENANT_API,
                    request.method() + " " + request.uri() + " failed: " + answer,
                    "look at the log of kube-apiserver");
        });
    }

    private synchronized Session session(Authority trust) {
        Session session = sessions.get(trust);
        Instant now = clock.instant();
        if (session == null || session.renewAt().isBefore(now)) {
            String group = master ? MASTERS : MONITORING;
            HttpClient client = connect(pki.get(), trust, CertificateTemplate.client(ENGINE, VALIDITY, group));
            session = new Session(client, now.plus(RENEW_AFTER));
            sessions.put(trust, session);
        }
        return session;
    }

    /** A tenant that was removed and made again has other authorities. */
    private synchronized void forget(Authority trust) {
        sessions.remove(trust);
    }

    private HttpClient connect(TenantPki authorities, Authority trust, CertificateTemplate identity) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .sslContext(TlsContexts.client(
                        authorities.trusted(trust), authorities.authority(trust).issue(identity, clock)))
                .build();
    }
}
