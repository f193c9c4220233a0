/** {@code muster watch}: what changes, as it changes. */
@NullMarked
package io.muster.cli.watch;

import org.jspecify.annotations.NullMarked;
