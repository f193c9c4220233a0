@NullMarked
package io.muster.protocol;

import org.jspecify.annotations.NullMarked;
