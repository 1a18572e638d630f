package io.rengo.protocol;

import io.rengo.protocol.trust.Signer;
import java.time.InstantSource;

/// All that a process of Rengo touches outside itself.
///
/// @param signer by which the federation's own functions sign
public record Ports(
    ObjectStore objects,
    TaskQueue queues,
    RecordStore records,
    Workflow workflow,
    Keys keys,
    Signer signer,
    InstantSource clock) {}
