package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of the control API's stream.
 *
 * @param id to go on from; empty when the API gave none
 * @param kind such as {@code server-status}
 */
public record ServerEvent(String id, String kind, JsonNode data) {}
