/** The verbs of the inventory: {@code muster servers …} and {@code muster maintenance}. */
@NullMarked
package io.muster.cli.servers;

import org.jspecify.annotations.NullMarked;
