package io.drawdown.cli;

import io.drawdown.cli.images.BaseImage;
import io.drawdown.cli.images.Origin;
import io.drawdown.cli.images.ServiceImages;
import io.drawdown.cli.stack.Stack;
import io.drawdown.contracts.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Saves the services as images; needs no container engine. */
@Command(name = "images", description = "Save the services as OCI images in target/images, without Docker.")
final class ImagesCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Those to save, e.g. credits-service (all).")
    private List<String> services = List.of();

    @Option(
            names = "--base",
            description =
                    "Build on this image of a registry, on tar://PATH, or on scratch: without a Java runtime, for a"
                            + " machine that reaches no registry. Else on the image that is configured, by its digest.")
    private Optional<String> base = Optional.empty();

    @Override
    public Integer call() {
        Path root = Stack.ofThisProcess().root();
        BaseImage on = base.map(BaseImage::new).orElseGet(BaseImage::configured);
        System.out.println("built on " + on.reference());
        ServiceImages images = new ServiceImages(root, root.resolve("target/images"), on, Origin.of(root));
        for (Service service : ServiceNames.parse(Objects.requireNonNull(spec), services)) {
            ServiceImages.Built built = images.build(service);
            System.out.println(built.name() + "  " + built.digest() + "  " + root.relativize(built.tar()));
        }
        return 0;
    }
}
