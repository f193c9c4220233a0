@NullMarked
package io.muster.control.health;

import org.jspecify.annotations.NullMarked;
