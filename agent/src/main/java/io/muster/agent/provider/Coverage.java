package io.muster.agent.provider;

/** How far a driver has read its server: only a driver of the same platform knows what it means. */
public interface Coverage {}
