/** What the control API writes into QuestDB: tables, views and limits. */
@NullMarked
package io.muster.control.tables;

import org.jspecify.annotations.NullMarked;
