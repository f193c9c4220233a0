@NullMarked
package io.muster.protocol.inventory;

import org.jspecify.annotations.NullMarked;
