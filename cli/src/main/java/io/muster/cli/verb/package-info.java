/** What all verbs that talk to a control API have in common. */
@NullMarked
package io.muster.cli.verb;

import org.jspecify.annotations.NullMarked;
