@NullMarked
package io.muster.cli.text;

import org.jspecify.annotations.NullMarked;
