package io.hcp.testbed.fake;

import io.hcp.api.error.ErrorKind;
import java.time.Duration;
import java.util.SplittableRandom;

/** Decides what goes wrong. Asked once for each call, from any thread. */
@FunctionalInterface
public interface Faults {
    /**
     * Decides about one call.
     *
     * @param call the call that is about to be made
     * @return what goes wrong with it
     */
    Fault decide(Call call);

    /** {@return nothing ever goes wrong} */
    static Faults none() {
        return call -> Fault.none();
    }

    /**
     * Spoils a single call.
     *
     * @param number the call's number, from 1
     * @param what what goes wrong with it
     * @return the faults
     */
    static Faults at(long number, Fault what) {
        return call -> call.number() == number ? what : Fault.none();
    }

    /**
     * Spoils a single call of a name.
     *
     * @param name for example {@code records.write}
     * @param occurrence which of the calls of that name, from 1
     * @param what what goes wrong with it
     * @return the faults
     */
    static Faults at(String name, long occurrence, Fault what) {
        return call -> call.name().equals(name) && call.occurrence() == occurrence ? what : Fault.none();
    }

    /**
     * Spoils calls at random: with errors that may pass by themselves, lost replies, repetitions and delays of up to two
     * seconds. What becomes of the call of a number depends on nothing but the seed. Errors name the seed.
     *
     * @param probability of each call to be spoilt, 0 to 1
     * @param seed the same one spoils the same calls
     * @return the faults
     */
    static Faults randomly(double probability, long seed) {
        return new Random(probability, seed);
    }

    /**
     * See {@link #randomly}.
     *
     * @param probability of each call to be spoilt
     * @param seed of what is spoilt
     */
    record Random(double probability, long seed) implements Faults {
        @Override
        public Fault decide(Call call) {
            // Of the number alone: threads that take turns in another order do not change what becomes of the others.
            SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + call.number());
            if (random.nextDouble() >= probability) {
                return Fault.none();
            }
            ErrorKind own = call.name().startsWith("api.") ? ErrorKind.TENANT_API : ErrorKind.IO;
            ErrorKind kind = random.nextBoolean() ? own : ErrorKind.TIMEOUT;
            return switch (random.nextInt(4)) {
                case 0 -> Fault.refused(kind);
                case 1 -> Fault.lostReply(kind);
                case 2 -> Fault.twice();
                default -> Fault.delayed(Duration.ofMillis(random.nextInt(2_000)));
            };
        }

        @Override
        public String toString() {
            return "faults with probability %s and seed %d".formatted(probability, seed);
        }
    }
}
