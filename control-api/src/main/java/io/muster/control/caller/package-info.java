/** Who asks: people, scripts and sites' agents, and what each may do. */
@NullMarked
package io.muster.control.caller;

import org.jspecify.annotations.NullMarked;
