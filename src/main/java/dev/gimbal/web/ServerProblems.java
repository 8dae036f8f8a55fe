package dev.gimbal.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What the server itself refuses, such as an address that cannot be decoded or headers that are
/// too long, reaches no filter of ours; it is a problem all the same, and not the server's page.
@Component
final class ServerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Report.class.getName());
            }
        });
    }

    /// Writes the problem. Public for the server, which makes it by its name.
    public static final class Report extends ErrorReportValve {
        private static final JsonMapper JSON =
                JsonMapper.builder()
                        .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                        .build();

        /// Of a body that came too slowly the rest is not waited for.
        @Override
        public void invoke(Request request, Response response)
                throws IOException, ServletException {
            super.invoke(request, response);
            if (response.getStatus() == HttpStatus.REQUEST_TIMEOUT.value()) {
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            HttpStatus status = HttpStatus.resolve(response.getStatus());
            if (status == null
                    || !status.isError()
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            try {
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                PageHeaders.set(response);
                PrintWriter writer = response.getReporter();
                if (writer != null) {
                    writer.write(JSON.writeValueAsString(problem(status)));
                    response.finishResponse();
                }
            } catch (IOException _) {
                // the client has gone
            }
        }

        /// What could not be read is not repeated.
        private static ProblemDetail problem(HttpStatus status) {
            ProblemDetail problem =
                    ProblemDetail.forStatusAndDetail(status, "the server cannot read this request");
            problem.setTitle(status.getReasonPhrase());
            problem.setInstance(URI.create("/"));
            return problem;
        }
    }
}
