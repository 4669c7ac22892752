package io.hcp.pki;

import io.hcp.api.error.ErrorKind;
import io.hcp.api.error.HcpException;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority, or the service-account key, with its successors: all that ever were, numbered from 1, one of them
 * signing. A rotation adds the next one, promotes it once everybody trusts it, and withdraws the one before once nothing
 * that it signed is in use. Every change is a new value and writes nothing, see {@link PkiRotation}. Immutable and
 * thread-safe.
 *
 * @param <T> what follows one another
 */
public final class Generations<T> {
    private final List<Generation<T>> all;

    private Generations(List<Generation<T>> all) {
        this.all = List.copyOf(all);
    }

    static <T> Generations<T> first(T value) {
        return new Generations<>(List.of(new Generation<>(1, Stage.SIGNING, value)));
    }

    /** Takes generations with numbers from 1 without gaps, one of them signing. */
    static <T> Generations<T> of(List<Generation<T>> all) {
        return new Generations<>(all);
    }

    /**
     * Returns all.
     *
     * @return at least one, by number
     */
    public List<Generation<T>> all() {
        return all;
    }

    /**
     * Returns the one that signs.
     *
     * @return always there
     */
    public Generation<T> signing() {
        return all.stream()
                .filter(generation -> generation.stage() == Stage.SIGNING)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no generation signs"));
    }

    /**
     * Returns those whose signatures are accepted.
     *
     * @return at least the one that signs, by number
     */
    public List<Generation<T>> accepted() {
        return all.stream()
                .filter(generation -> generation.stage() != Stage.WITHDRAWN)
                .toList();
    }

    /**
     * Returns one.
     *
     * @param number which
     * @return the generation
     * @throws HcpException with kind {@link ErrorKind#NOT_FOUND} if there is none with this number
     */
    public Generation<T> get(int number) {
        if (number < 1 || number > all.size()) {
            throw new HcpException(
                    ErrorKind.NOT_FOUND,
                    "there is no generation " + number,
                    "name one of 1 to " + all.size() + ", or add the next one first");
        }
        return all.get(number - 1);
    }

    /**
     * Adds the next generation, which is trusted and does not sign yet.
     *
     * @param value the authority or key
     * @return one more
     */
    public Generations<T> adding(T value) {
        List<Generation<T>> more = new ArrayList<>(all);
        more.add(new Generation<>(all.size() + 1, Stage.TRUSTED, value));
        return new Generations<>(more);
    }

    /**
     * Makes a trusted generation the one that signs; the one that did is trusted. If it signs already, nothing changes.
     *
     * @param number which
     * @return the new stages
     * @throws HcpException with kind {@link ErrorKind#NOT_FOUND} if there is none with this number,
     *     {@link ErrorKind#BLOCKED} if it was withdrawn
     */
    public Generations<T> promoting(int number) {
        if (get(number).stage() == Stage.WITHDRAWN) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    "generation " + number + " was withdrawn and never signs again",
                    "add a generation and promote that one");
        }
        return new Generations<>(all.stream()
                .map(generation -> switch (generation.stage()) {
                    case SIGNING, TRUSTED ->
                        generation.in(generation.number() == number ? Stage.SIGNING : Stage.TRUSTED);
                    case WITHDRAWN -> generation;
                })
                .toList());
    }

    /**
     * Withdraws a generation for good: what it signed is accepted no more. If it was withdrawn already, nothing changes.
     *
     * @param number which
     * @return the new stages
     * @throws HcpException with kind {@link ErrorKind#NOT_FOUND} if there is none with this number,
     *     {@link ErrorKind#BLOCKED} if it is the one that signs
     */
    public Generations<T> withdrawing(int number) {
        if (get(number).stage() == Stage.SIGNING) {
            throw new HcpException(
                    ErrorKind.BLOCKED,
                    "generation " + number + " signs and cannot be withdrawn",
                    "promote another generation first");
        }
        return new Generations<>(all.stream()
                .map(generation -> generation.number() == number ? generation.in(Stage.WITHDRAWN) : generation)
                .toList());
    }

    List<Stage> stages() {
        return all.stream().map(Generation::stage).toList();
    }

    /** Returns numbers and stages; never a key. */
    @Override
    public String toString() {
        return "Generations"
                + all.stream().map(g -> g.number() + " " + g.stage()).toList();
    }
}
