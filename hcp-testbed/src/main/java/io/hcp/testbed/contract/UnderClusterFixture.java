package io.hcp.testbed.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import io.hcp.core.internal.cluster.form.ClusterObject;
import io.hcp.core.internal.cluster.form.Kind;
import io.hcp.core.internal.cluster.gateway.ClusterObjects;
import io.hcp.core.internal.cluster.gateway.UnderCluster;
import io.hcp.core.internal.gateway.Lease;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the parts of the suite of an under cluster share. */
interface UnderClusterFixture {
    /** The tenant whose lease a test holds. */
    String TENANT = "acme";

    /** What its objects are labelled with. */
    Map<String, String> LABELS = Map.of("hcp.io/tenant", TENANT);

    /**
     * Opens a namespace, as another process would each time.
     *
     * @return a way to a namespace, the same one within a test, empty at its beginning; the test closes it
     */
    UnderCluster open();

    /**
     * Changes an object as somebody else.
     *
     * @param object what to apply, in another name than this library's, whoever wrote it before
     */
    void applyAsOther(ClusterObject object);

    /** {@return the way that was opened for the test} */
    UnderCluster cluster();

    /** {@return the right to change tenant {@link #TENANT}, by that way} */
    Lease lease();

    /** {@return the objects there} */
    default ClusterObjects objects() {
        return cluster().objects();
    }

    /**
     * Describes a Secret of the tenant.
     *
     * @param name its name
     * @param value its value
     * @return the Secret
     */
    default ClusterObject secret(String name, String value) {
        return ClusterObject.named(Kind.SECRET, cluster().namespace(), name)
                .with(LABELS, "metadata", "labels")
                .with(Map.of("key", value), "data");
    }

    /**
     * Asserts that a call fails.
     *
     * @param kind with which kind
     * @param call the call
     */
    default void assertFails(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(HcpException.class)
                .extracting(thrown -> ((HcpException) thrown).kind())
                .isEqualTo(kind);
    }
}
