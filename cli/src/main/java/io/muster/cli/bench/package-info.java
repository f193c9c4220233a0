/** {@code muster bench}: the packaged programs, run and measured on this machine. */
@NullMarked
package io.muster.cli.bench;

import org.jspecify.annotations.NullMarked;
