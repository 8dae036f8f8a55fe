# Sourced at the top of mvnw: sets JAVA_HOME to a JDK 25, whatever the machine's default `java` is.
# The formatter and Error Prone run inside Maven's own process, so Maven itself needs JDK 25; toolchains are not enough.

gimbal_is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

gimbal_find_jdk25() {
  for gimbal_jdk in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" $(ls -d /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home 2>/dev/null); do
    if [ -n "$gimbal_jdk" ] && gimbal_is_jdk25 "$gimbal_jdk"; then
      echo "$gimbal_jdk"
      return 0
    fi
  done
  return 1
}

if ! JAVA_HOME="$(gimbal_find_jdk25)"; then
  echo "Gimbal builds and runs on JDK 25, and none was found under JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman or ~/.jdks." >&2
  echo "Install one (Eclipse Temurin: package temurin-25-jdk) or set JAVA_HOME to it, then run this again." >&2
  exit 1
fi
export JAVA_HOME
# Usage reports of the model library are off in everything we start.
export OPT_OUT_TRACKING=true
