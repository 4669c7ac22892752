/**
 * The ways to an under cluster by fabric8's Kubernetes client, of which only the API is used: requests are put together
 * here, so that it is known which ones are sent, with which preconditions, and that none is repeated unseen.
 */
@NullMarked
package io.hcp.core.internal.cluster.fabric;

import org.jspecify.annotations.NullMarked;
