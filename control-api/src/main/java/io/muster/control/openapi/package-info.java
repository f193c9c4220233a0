/** What every route's description has in common. */
@NullMarked
package io.muster.control.openapi;

import org.jspecify.annotations.NullMarked;
