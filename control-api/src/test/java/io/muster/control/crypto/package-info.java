@NullMarked
package io.muster.control.crypto;

import org.jspecify.annotations.NullMarked;
