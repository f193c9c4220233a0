@NullMarked
package io.muster.control.settings;

import org.jspecify.annotations.NullMarked;
