@NullMarked
package io.muster.control.caller;

import org.jspecify.annotations.NullMarked;
