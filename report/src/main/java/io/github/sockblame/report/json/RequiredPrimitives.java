// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Makes a missing figure an error. Otherwise it would be read as 0, and a report without {@code leaked} would be a
 * report without leaks. Components that are objects check themselves: they refuse null or allow it.
 *
 * <p>So a field that is added to the same schema later has to be an object that may be null.
 */
final class RequiredPrimitives extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return member.getRawType().isPrimitive() ? Boolean.TRUE : super.hasRequiredMarker(config, member);
    }
}
