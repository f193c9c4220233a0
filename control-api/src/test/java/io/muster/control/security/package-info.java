@NullMarked
package io.muster.control.security;

import org.jspecify.annotations.NullMarked;
