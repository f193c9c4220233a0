/** The launcher against real processes. */
@NullMarked
package io.muster.cli.local;

import org.jspecify.annotations.NullMarked;
