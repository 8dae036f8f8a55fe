package dev.gimbal.web;

import java.net.InetAddress;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/// Guards the port of health and metrics, where no key is asked for, as the service's own is
/// guarded: the filters of that one are not there by themselves. Named in `META-INF/spring`.
class ManagementPort {
    @Bean
    FilterRegistrationBean<LoopbackGuard> managementGuard(
            ManagementServerProperties server, WebSettings settings, ProblemWriter problems) {
        InetAddress address = server.getAddress();
        boolean onLoopback = address != null && address.isLoopbackAddress();
        FilterRegistrationBean<LoopbackGuard> registration =
                new FilterRegistrationBean<>(new LoopbackGuard(onLoopback, settings, problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
