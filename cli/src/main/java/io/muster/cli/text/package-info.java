/** What the verbs print, and what they ask. */
@NullMarked
package io.muster.cli.text;

import org.jspecify.annotations.NullMarked;
