package io.alohubsync.delivery;

import java.util.List;
import java.util.function.Consumer;

/**
 * The listeners of one account. What a listener throws is logged and changes nothing.
 *
 * @param attempts    receive each attempt as it ends, on the event loop
 * @param settlements receive each settlement once it is written
 */
public record Listeners(List<Consumer<AttemptFinished>> attempts, List<SettlementListener> settlements) {}
