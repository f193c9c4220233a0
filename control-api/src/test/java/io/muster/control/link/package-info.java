@NullMarked
package io.muster.control.link;

import org.jspecify.annotations.NullMarked;
