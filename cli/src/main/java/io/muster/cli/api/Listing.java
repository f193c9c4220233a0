package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * A paged list, read whole.
 *
 * @param items in their order
 * @param first its first page, for what stands beside the items
 */
public record Listing(ArrayNode items, JsonNode first) {}
