/** The tables and views in QuestDB: what they are, and how a QuestDB comes to have them. */
@NullMarked
package io.muster.schema;

import org.jspecify.annotations.NullMarked;
