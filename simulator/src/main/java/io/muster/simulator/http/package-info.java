/** The wire: HTTP with streams that do not end, and what it is upgraded to. */
@NullMarked
package io.muster.simulator.http;

import org.jspecify.annotations.NullMarked;
