@NullMarked
package io.muster.control.database;

import org.jspecify.annotations.NullMarked;
