@NullMarked
package io.muster.control.alert;

import org.jspecify.annotations.NullMarked;
