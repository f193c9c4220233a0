@NullMarked
package io.muster.control.importing;

import org.jspecify.annotations.NullMarked;
