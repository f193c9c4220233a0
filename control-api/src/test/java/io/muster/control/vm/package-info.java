@NullMarked
package io.muster.control.vm;

import org.jspecify.annotations.NullMarked;
