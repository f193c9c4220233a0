package io.muster.control.site;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * Where an agent runs.
 *
 * @param name as in {@code MUSTER_SITE} of its agent and in its rows; unique in the installation
 */
@MappedEntity("sites")
public record Site(@Id UUID id, UUID tenantId, String name, Instant createdAt) {}
