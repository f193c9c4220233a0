/** Errors as {@code application/problem+json}, in one place. */
@NullMarked
package io.muster.control.problem;

import org.jspecify.annotations.NullMarked;
