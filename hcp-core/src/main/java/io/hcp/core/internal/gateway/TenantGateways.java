package io.hcp.core.internal.gateway;

import io.hcp.core.internal.blueprint.TenantLayout;

/**
 * The way to one tenant.
 *
 * @param layout where its files are, as its components see them
 * @param records what is stored about it
 * @param journal what was done with it last
 * @param storage its files as a whole
 * @param certificates its authorities and certificates
 * @param encryptionKeys the keys with which its objects are encrypted
 * @param processes its components
 * @param api its API
 */
public record TenantGateways(
        TenantLayout layout,
        Records records,
        Journal journal,
        Storage storage,
        Certificates certificates,
        EncryptionKeys encryptionKeys,
        Processes processes,
        TenantApi api) {}
