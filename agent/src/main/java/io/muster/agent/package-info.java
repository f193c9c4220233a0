/** The program's entry point. */
@NullMarked
package io.muster.agent;

import org.jspecify.annotations.NullMarked;
