/** The verbs of alert rules: {@code muster alerts …}. */
@NullMarked
package io.muster.cli.alerts;

import org.jspecify.annotations.NullMarked;
