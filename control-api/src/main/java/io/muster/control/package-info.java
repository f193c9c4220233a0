/** The control API: {@code main}, its verbs, and how the parts start. */
@NullMarked
package io.muster.control;

import org.jspecify.annotations.NullMarked;
