/** The program's entry point. */
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;
