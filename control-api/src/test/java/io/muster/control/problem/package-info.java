@NullMarked
package io.muster.control.problem;

import org.jspecify.annotations.NullMarked;
