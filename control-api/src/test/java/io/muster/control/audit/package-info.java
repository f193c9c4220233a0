@NullMarked
package io.muster.control.audit;

import org.jspecify.annotations.NullMarked;
