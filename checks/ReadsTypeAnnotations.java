// SPDX-License-Identifier: Apache-2.0

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Ends with status 0 if this JDK's javac reads type annotations from class files, and with 3 if it does not.
 *
 * <p>NullAway needs them in its JSpecify mode: without them it takes a nullable type argument of a library for one that is not.
 * Javac reads them since 22 (JDK-8225377), and with {@code -XDaddTypeAnnotationsToSymbol=true} in those builds of 17 and 21 to which
 * the change was ported: OpenJDK 17.0.19 and 21.0.8. Oracle's builds of those versions may lack it, so the program
 * tests the behaviour and not the version.
 */
final class ReadsTypeAnnotations {

    private static final String LIBRARY =
            """
            import java.lang.annotation.*;
            import java.util.List;
            class Library {
                @Target(ElementType.TYPE_USE) @Retention(RetentionPolicy.RUNTIME) @interface Maybe {}
                static List<@Maybe String> names() { return List.of(); }
            }
            """;

    private ReadsTypeAnnotations() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("type-annotations");
        boolean reads;
        try {
            Path source = Files.writeString(folder.resolve("Library.java"), LIBRARY, UTF_8);
            JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
            reads = javac.run(null, null, null, "-d", folder.toString(), source.toString()) == 0 && reads(javac, folder);
        } finally {
            for (String name : List.of("Library.java", "Library.class", "Library$Maybe.class", "")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        System.exit(reads ? 0 : 3);
    }

    private static boolean reads(JavaCompiler javac, Path classes) {
        JavacTask task = (JavacTask) javac.getTask(
                null,
                null,
                null,
                List.of("-classpath", classes.toString(), "-XDaddTypeAnnotationsToSymbol=true"),
                List.of("java.lang.Object"),
                null);
        for (ExecutableElement method : ElementFilter.methodsIn(
                task.getElements().getTypeElement("Library").getEnclosedElements())) {
            DeclaredType returned = (DeclaredType) method.getReturnType();
            return !returned.getTypeArguments().get(0).getAnnotationMirrors().isEmpty();
        }
        return false;
    }
}
