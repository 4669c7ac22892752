package io.hcp.core.internal.catalog;

/**
 * How mature a feature gate is.
 *
 * @see <a href="https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/#feature-stages">Feature
 *     stages</a>
 */
public enum Stage {
    /** Off by default, may change or go at any time. */
    ALPHA,
    /** Well tested, may still change. */
    BETA,
    /** Stable; the gate is kept for a while and mostly locked. */
    GA,
    /** Will go; a gate to keep an old behaviour for a while is born in this stage. */
    DEPRECATED
}
