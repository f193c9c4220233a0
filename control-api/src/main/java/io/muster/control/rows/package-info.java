/** Reading what was measured, out of QuestDB. */
@NullMarked
package io.muster.control.rows;

import org.jspecify.annotations.NullMarked;
