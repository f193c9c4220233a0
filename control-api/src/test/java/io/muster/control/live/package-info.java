@NullMarked
package io.muster.control.live;

import org.jspecify.annotations.NullMarked;
