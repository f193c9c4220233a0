/** Settings of a program, from its environment and {@code application.yml}. */
@NullMarked
package io.muster.settings;

import org.jspecify.annotations.NullMarked;
