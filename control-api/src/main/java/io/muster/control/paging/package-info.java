/** Lists in pages. */
@NullMarked
package io.muster.control.paging;

import org.jspecify.annotations.NullMarked;
