package io.hcp.core.internal.local;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.blueprint.HealthCheck;
import io.hcp.core.internal.time.Time;
import io.hcp.pki.Authority;
import io.hcp.pki.CertificateTemplate;
import io.hcp.pki.TenantPki;
import io.hcp.pki.TlsContexts;
import java.io.IOException;
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
import java.util.OptionalInt;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Speaks HTTPS with the components of one tenant, as the user {@code hcp:engine}. Its client certificates live an hour
 * at most and only in memory. Thread-safe.
 */
final class TenantClient {
    /** The user in whose name this library looks at a tenant. */
    static final String ENGINE = "hcp:engine";

    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final Duration RENEW_AFTER = Duration.ofMinutes(40);
    private static final Duration ONE_TIME_VALIDITY = Duration.ofMinutes(10);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final Supplier<TenantPki> pki;
    private final Clock clock;
    private final Map<Authority, Session> sessions = new EnumMap<>(Authority.class);

    TenantClient(Supplier<TenantPki> pki, Clock clock) {
        this.pki = pki;
        this.clock = clock;
    }

    private record Session(HttpClient client, Instant renewAt) {}

    /** Asks a component; true if it answers 200 within the limit. */
    boolean answers(HealthCheck health, String path, Duration limit) {
        return status(health, path, limit).equals(OptionalInt.of(200));
    }

    /** Asks for the status code of a path; empty if there is no answer within the limit. */
    OptionalInt status(HealthCheck health, String path, Duration limit) {
        HttpRequest request =
                HttpRequest.newBuilder(health.url(path)).timeout(limit).build();
        try {
            HttpClient client = session(health.trust()).client();
            return OptionalInt.of(
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (SSLException e) {
            forget(health.trust());
            return OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
    }

    /**
     * Creates objects in the tenant as a member of {@code system:masters}, with a certificate that is made for this call
     * and forgotten after it. What exists is left as it is.
     */
    void bootstrap(URI apiServer, List<FirstRoles.TenantObject> objects) {
        TenantPki authorities = pki.get();
        CertificateTemplate once = CertificateTemplate.client(ENGINE, ONE_TIME_VALIDITY, "system:masters");
        HttpClient client = connect(authorities, Authority.CLUSTER, once);
        objects.forEach(object -> create(client, apiServer.resolve(object.path()), object.json()));
    }

    private void create(HttpClient client, URI uri, String object) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(object))
                .build();
        Optional<String> problem;
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            boolean exists = response.statusCode() == 201 || response.statusCode() == 409;
            problem = exists ? Optional.empty() : Optional.of(response.statusCode() + " " + response.body());
        } catch (IOException e) {
            problem = Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Time.cancelled();
        }
        problem.ifPresent(answer -> {
            throw new HcpException(
                    ErrorKind.TENANT_API, "POST " + uri + " failed: " + answer, "look at the log of kube-apiserver");
        });
    }

    private synchronized Session session(Authority trust) {
        Session session = sessions.get(trust);
        Instant now = clock.instant();
        if (session == null || session.renewAt().isBefore(now)) {
            HttpClient client = connect(pki.get(), trust, CertificateTemplate.client(ENGINE, VALIDITY));
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
