package io.hcp.api.progress;

import java.time.Duration;

/**
 * What became of one step.
 *
 * @param id the step's id
 * @param state how it stands
 * @param attempts how often it was begun
 * @param took how long it took, all attempts and the pauses between them; zero until it has ended
 * @param evidence what shows that it is done, or why it failed, in words without secrets; empty while there is none
 */
public record StepReport(String id, StepState state, int attempts, Duration took, String evidence) {}
