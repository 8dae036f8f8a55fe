package dev.gimbal;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The service as a Spring application; [Gimbal] starts it.
@SpringBootApplication
@ConfigurationPropertiesScan
public class GimbalApplication {}
