package io.rengo.agent;

/// A member's data, split into what it trains on and what it only evaluates on.
public record MemberData(Examples training, Examples holdOut) {}
