@NullMarked
package io.muster.control.history;

import org.jspecify.annotations.NullMarked;
