package io.rengo.local.states;

import io.rengo.local.Time;
import io.rengo.protocol.ObjectStore;
import java.util.function.Consumer;

/// What the executions call and tell.
record Engine(
    Functions functions, ObjectStore objects, Time time, Consumer<Event> listener, Tokens tokens) {}
