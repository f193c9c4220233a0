/** The {@code muster} command. */
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;
