/** Starting Muster's programs on this machine: one process each, waited for, watched, ended. */
@NullMarked
package io.muster.cli.local;

import org.jspecify.annotations.NullMarked;
