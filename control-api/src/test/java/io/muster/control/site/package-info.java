@NullMarked
package io.muster.control.site;

import org.jspecify.annotations.NullMarked;
