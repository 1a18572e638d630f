package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/// What a state gives on: its output, the variables that it assigned, and the next state or empty.
record Step(JsonNode output, Map<String, JsonNode> assigned, Optional<String> next) {}
