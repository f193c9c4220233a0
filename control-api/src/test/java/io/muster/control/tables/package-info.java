@NullMarked
package io.muster.control.tables;

import org.jspecify.annotations.NullMarked;
