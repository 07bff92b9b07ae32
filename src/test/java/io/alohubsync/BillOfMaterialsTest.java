package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/**
 * {@code .ci/run} leaves the bill of materials out; every other build that packages makes it beside
 * the jar.
 */
class BillOfMaterialsTest {

    @Test
    void every_package_has_one_beside_its_jar() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        XPath path = XPathFactory.newInstance().newXPath();
        String execution = "/project/build/plugins/plugin[artifactId='cyclonedx-maven-plugin']/executions/execution";
        assertEquals("package", path.evaluate(execution + "/phase", pom));
        assertEquals("makeBom", path.evaluate(execution + "/goals/goal", pom));
        assertEquals(
                "${project.build.directory}/quarkus-app",
                path.evaluate(execution + "/configuration/outputDirectory", pom));
        assertEquals("sbom", path.evaluate(execution + "/configuration/outputName", pom));
        assertEquals("false", path.evaluate(execution + "/configuration/includeTestScope", pom));
        assertEquals("", path.evaluate("//cyclonedx.skip", pom), "it is skipped nowhere else");
    }
}
