/** {@code muster size}: what an inventory costs in QuestDB. */
@NullMarked
package io.muster.cli.size;

import org.jspecify.annotations.NullMarked;
