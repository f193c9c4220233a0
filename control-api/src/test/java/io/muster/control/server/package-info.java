@NullMarked
package io.muster.control.server;

import org.jspecify.annotations.NullMarked;
