@NullMarked
package io.rengo.agent.trust;

import org.jspecify.annotations.NullMarked;
