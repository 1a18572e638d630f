/// The mathematics and the formats: pure functions on plain arrays, nothing but the JDK.
@NullMarked
package io.rengo.core;

import org.jspecify.annotations.NullMarked;
