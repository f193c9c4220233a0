/** An installation with a control API, used as a newcomer uses it: by {@code ./muster}. */
@NullMarked
package io.muster.e2e.control;

import org.jspecify.annotations.NullMarked;
