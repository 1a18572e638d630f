package io.rengo.protocol;

import java.time.InstantSource;

/// All that a process of Rengo touches outside itself.
public record Ports(
    ObjectStore objects,
    TaskQueue queues,
    RecordStore records,
    Workflow workflow,
    Keys keys,
    InstantSource clock) {}
