@NullMarked
package io.muster.control;

import org.jspecify.annotations.NullMarked;
