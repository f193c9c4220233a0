@NullMarked
package io.muster.schema;

import org.jspecify.annotations.NullMarked;
