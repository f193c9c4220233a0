@NullMarked
package io.muster.control.infrastructure;

import org.jspecify.annotations.NullMarked;
