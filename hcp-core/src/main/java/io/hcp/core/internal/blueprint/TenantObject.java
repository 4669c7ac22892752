package io.hcp.core.internal.blueprint;

/**
 * An object to write in a tenant.
 *
 * @param collection the path of its collection
 * @param name its name
 * @param json the object
 * @param keep true to leave one that exists as it is; false to make it what this says
 */
public record TenantObject(String collection, String name, String json, boolean keep) {
    static TenantObject first(String collection, String name, String json) {
        return new TenantObject(collection, name, json, true);
    }
}
