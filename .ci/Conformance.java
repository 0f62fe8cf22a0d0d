import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Holds PDF files against the rules of veraPDF: one line a file and profile, every failed rule once.
 * Arguments: profiles such as 2a,ua1, then files.
 */
public class Conformance {
    public static void main(String[] args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean good = true;
        List<String> files = new ArrayList<>(List.of(args)).subList(1, args.length);
        for (String name : args[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(name);
            String rules = name.startsWith("ua") ? "PDFUA-" + name.substring(2) : "PDFA-" + name.toUpperCase();
            ValidationProfile profile = Profiles.profileFromXml(
                PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + rules + ".xml"));
            for (String file : files) {
                try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
                     PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
                    ValidationResult result = validator.validate(parser);
                    good &= result.isCompliant();
                    report(name, file, result);
                }
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static void report(String name, String file, ValidationResult result) {
        String verdict = result.isCompliant() ? "pass" : "FAIL";
        System.out.println(verdict + " " + name + " " + file + " (" + result.getTotalAssertions() + " checks)");
        TreeSet<String> seen = new TreeSet<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
            if (assertion.getStatus() == TestAssertion.Status.FAILED && seen.add(rule)) {
                System.out.println("  " + rule + ": " + assertion.getMessage());
                System.out.println("    at " + assertion.getLocation().getContext());
            }
        }
    }
}
