package io.hcp.core.internal.catalog;

import io.hcp.api.model.KubernetesVersion;

/**
 * What was looked at to describe a minor, and what goes with it.
 *
 * @param kubernetes the patch release that the description was taken from
 * @param etcd the etcd to run; at least 3.6, since older ones have no watch progress requests
 * @param coreDns the CoreDNS that kubeadm deploys, without a leading {@code v}
 * @param pause the pause image that kubeadm names, for example {@code 3.10.2}
 */
public record Versions(KubernetesVersion kubernetes, String etcd, String coreDns, String pause) {}
