/** Many servers at once, from a file and into one. */
@NullMarked
package io.muster.control.importing;

import org.jspecify.annotations.NullMarked;
