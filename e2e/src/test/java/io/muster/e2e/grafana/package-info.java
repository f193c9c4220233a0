/**
 * Everything that Grafana is provisioned with, read as files and run against a real QuestDB: no
 * Grafana takes part.
 */
@NullMarked
package io.muster.e2e.grafana;

import org.jspecify.annotations.NullMarked;
