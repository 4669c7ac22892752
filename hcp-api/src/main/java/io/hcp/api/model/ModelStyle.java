package io.hcp.api.model;

import io.hcp.api.error.InvalidSpecException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/** How the model's value classes are generated: hidden behind the abstract type, JDK types only, typed errors. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        overshadowImplementation = true,
        jdkOnly = true,
        jdk9Collections = true,
        depluralize = true,
        throwForInvalidImmutableState = InvalidSpecException.class)
@interface ModelStyle {}
