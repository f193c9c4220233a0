/** The command line. */
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;
