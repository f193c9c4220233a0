/** Who changed what, when and from where. */
@NullMarked
package io.muster.control.audit;

import org.jspecify.annotations.NullMarked;
