package dev.gimbal.web;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/// Stands at the port of health and metrics, where no key is asked for, as at the service's own:
/// the filters of that one are not there by themselves. Named in `META-INF/spring`.
class ManagementPort {
    @Bean
    FilterRegistrationBean<LoopbackGuard> managementGuard(LoopbackGuard guard) {
        FilterRegistrationBean<LoopbackGuard> registration = new FilterRegistrationBean<>(guard);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
