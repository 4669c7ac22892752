/** The text form of descriptions: the tables of fields, and reading and writing them as YAML and JSON. Pure. */
@NullMarked
package io.hcp.core.internal.spec.form;

import org.jspecify.annotations.NullMarked;
