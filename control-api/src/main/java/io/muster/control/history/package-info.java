/** What was measured over time, and what was measured last. */
@NullMarked
package io.muster.control.history;

import org.jspecify.annotations.NullMarked;
