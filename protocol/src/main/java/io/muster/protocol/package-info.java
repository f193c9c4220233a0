/** What agent and control API say to each other: records and sealed families, nothing else. */
@NullMarked
package io.muster.protocol;

import org.jspecify.annotations.NullMarked;
