@NullMarked
package io.muster.protocol.link;

import org.jspecify.annotations.NullMarked;
