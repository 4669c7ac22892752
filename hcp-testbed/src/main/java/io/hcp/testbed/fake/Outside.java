package io.hcp.testbed.fake;

import io.hcp.api.model.Component;
import io.hcp.api.model.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What happens in an imagined world by itself, or by somebody else's hand: drift, damage, other programs. */
public final class Outside {
    private final FakeWorld world;

    Outside(FakeWorld world) {
        this.world = world;
    }

    /**
     * Kills a component, however many of it run. A {@link FakeMachine} that watches over it starts it again after a
     * second.
     *
     * @param tenant the tenant's name
     * @param component which one
     */
    public void kill(String tenant, Component component) {
        change(tenant, state -> {
            world.cell(tenant).noteEnd(component);
            return state.without(process -> process.component() == component);
        });
    }

    /**
     * Starts a component with other settings, at the tenant's ports, beside what runs.
     *
     * @param tenant the tenant's name, which has a record
     * @param component which one
     * @param digest the fingerprint of the other settings
     */
    public void startForeign(String tenant, Component component, String digest) {
        change(tenant, state -> {
            List<Integer> ports = state.record().orElseThrow().record().ports().of(component);
            return state.withProcess(new FakeProcess(
                    component, digest, world.nextNumber(), ports, world.time().instant(), Optional.empty()));
        });
    }

    /**
     * Makes a component end the next time that it starts. Told more than once, as often.
     *
     * @param tenant the tenant's name
     * @param component which one
     * @param failure how it ends
     */
    public void failNextStart(String tenant, Component component, StartFailure failure) {
        world.cell(tenant).failNextStart(component, failure);
    }

    /**
     * Removes certificates.
     *
     * @param tenant the tenant's name
     * @param paths which, for example {@code apiserver}
     */
    public void removeCertificates(String tenant, String... paths) {
        change(tenant, state -> {
            SortedMap<String, IssuedLeaf> left = new TreeMap<>(state.leaves());
            left.keySet().removeAll(List.of(paths));
            return state.withCertificates(state.authorities(), left);
        });
    }

    /**
     * Removes the authorities and all certificates.
     *
     * @param tenant the tenant's name
     */
    public void removeAuthorities(String tenant) {
        change(tenant, state -> state.withCertificates(Optional.empty(), new TreeMap<>()));
    }

    /**
     * Removes an encryption key.
     *
     * @param tenant the tenant's name
     * @param name the key's name
     */
    public void removeEncryptionKey(String tenant, String name) {
        change(tenant, state -> {
            SortedMap<String, String> left = new TreeMap<>(state.encryptionKeys());
            left.remove(name);
            return state.withEncryptionKeys(left);
        });
    }

    /**
     * Removes the datastore, and with it all objects of the tenant's API.
     *
     * @param tenant the tenant's name
     */
    public void removeDatastore(String tenant) {
        change(tenant, state -> state.withDatastore(false));
    }

    /**
     * Lets another program listen at a port.
     *
     * @param port any port
     */
    public void takePort(int port) {
        world.ports().take(port);
    }

    /**
     * Ends the other program that listens at a port.
     *
     * @param port any port
     */
    public void freePort(int port) {
        world.ports().free(port);
    }

    /**
     * Changes the free space of the disk.
     *
     * @param bytes how much
     */
    public void usableBytes(long bytes) {
        world.usableBytes().set(bytes);
    }

    /** Fills the disk: nothing more can be written. */
    public void fillDisk() {
        usableBytes(0);
    }

    /**
     * Puts authorities where they are looked for.
     *
     * @param secret the name that descriptions call them by
     */
    public void provideAuthority(String secret) {
        world.secrets().add(secret);
    }

    /**
     * Gives the machine another address.
     *
     * @param address beside those of the loopback interface
     */
    public void addAddress(IpAddress address) {
        world.addresses().add(address);
    }

    private void change(String tenant, UnaryOperator<TenantState> change) {
        TenantCell cell = world.cell(tenant);
        synchronized (cell) {
            cell.set(change.apply(cell.state()));
        }
    }
}
