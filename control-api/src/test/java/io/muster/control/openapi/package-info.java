@NullMarked
package io.muster.control.openapi;

import org.jspecify.annotations.NullMarked;
