package io.hcp.testbed.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** A slow or privileged demonstration, started with {@code examples/run proof NAME}. */
@Tag("proof")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Proof {
    /** Its name, which starts with its theme. */
    String name();

    /** What it shows, in a line. */
    String shows();

    /** How long it takes at most, without builds of components. */
    int minutes();

    /** The programs it needs in the cache, besides those of a local tenant. */
    String[] programs() default {};

    /** The Kubernetes releases, besides the one that tests run, whose programs it needs in the cache. */
    String[] releases() default {};

    /** The JDK that it needs besides the one it runs on; 0 for none. */
    int jdk() default 0;

    /** Whether it needs to be root. */
    boolean root() default false;
}
