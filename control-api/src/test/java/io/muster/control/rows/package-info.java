@NullMarked
package io.muster.control.rows;

import org.jspecify.annotations.NullMarked;
