package io.hcp.api.usage;

import java.util.List;

/**
 * A tenant beside the others.
 *
 * <p>It is {@link Activity#NOISY noisy} if it
 *
 * <ul>
 *   <li>uses at least twice the CPU that is reserved for it, and at least a quarter of a core,
 *   <li>or uses at least three times as much CPU as tenants do on average, and at least a quarter of a core, where there are
 *       three tenants or more,
 *   <li>or uses at least one and a half times the memory that is reserved for it,
 *   <li>or has at least one request per second rejected with 429.
 * </ul>
 *
 * <p>It is {@link Activity#IDLE idle} if it is not noisy, and its API servers had less than {@link #IDLE_REQUESTS} per second
 * from clients, Leases not counted. What controllers of Kubernetes do by themselves stays below that.
 *
 * @param usage what it uses
 * @param cpuShare its part of the CPU that all tenants use, from 0 to 1
 * @param memoryShare its part of the memory that all tenants use, from 0 to 1
 * @param noise how far it is on the way to being noisy, by what brings it furthest: from 1 on it is
 * @param activity idle, normal or noisy
 * @param reasons why it is noisy, in words; empty if it is not
 */
public record TenantShare(
        TenantUsage usage, double cpuShare, double memoryShare, double noise, Activity activity, List<String> reasons) {
    /** Requests per second below which a tenant is idle. */
    public static final double IDLE_REQUESTS = 1;

    /** Copies the list. */
    public TenantShare {
        reasons = List.copyOf(reasons);
    }
}
