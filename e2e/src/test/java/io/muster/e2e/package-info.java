/** The packaged programs, run together as a user runs them. */
@NullMarked
package io.muster.e2e;

import org.jspecify.annotations.NullMarked;
