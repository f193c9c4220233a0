/** What changes, told as it happens to whoever reads along. */
@NullMarked
package io.muster.control.live;

import org.jspecify.annotations.NullMarked;
