/// What an agent trusts: whose tasks it reads, which models, and what its member allows.
@NullMarked
package io.rengo.agent.trust;

import org.jspecify.annotations.NullMarked;
